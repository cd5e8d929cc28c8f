using System.Text;
using CsCheck;
using Naq.Events.Serialization;

namespace Naq.Events.Runtime.Tests.Serialization;

/// <summary>Texts are cut at a limit of bytes, between characters.</summary>
public sealed class TextLimitTests
{
    private const string Mark = "…[cut]";

    private static readonly string[] Parts = ["a", "é", "€", "😀", "\n", "lines of text\n"];

    private static readonly Gen<string> Texts =
        Gen.Int[0, Parts.Length - 1].Select(static index => Parts[index]).Array[0, 40].Select(static parts => string.Concat(parts));

    private static readonly Gen<int> Limits = Gen.Int[16, 120];

    [Fact]
    public void A_text_that_fits_is_kept_and_another_is_cut_as_late_as_it_may_be() => Gen.Select(Texts, Limits).Sample(
        static (text, limit) =>
        {
            var cut = TextLimit.Cut(text, limit);
            if (Encoding.UTF8.GetByteCount(text) <= limit)
            {
                Assert.Same(text, cut);
                return;
            }

            var kept = cut[..^Mark.Length];
            Assert.Equal(Mark, cut[kept.Length..]);
            Assert.StartsWith(kept, text, StringComparison.Ordinal);
            Assert.InRange(Encoding.UTF8.GetByteCount(cut), 0, limit);
            var next = text.EnumerateRunes().ElementAt(kept.EnumerateRunes().Count());
            Assert.True(Encoding.UTF8.GetByteCount(cut) + next.Utf8SequenceLength > limit);
        });

    [Fact]
    public void What_was_written_is_cut_as_a_text_is() => Gen.Select(Texts, Limits, Texts).Sample(
        static (text, limit, before) =>
        {
            var buffer = new Utf8JsonBuffer();
            buffer.Text(before);
            var start = buffer.Length;
            buffer.Text(text);
            TextLimit.Cut(buffer, start, limit);

            Assert.Equal(before + TextLimit.Cut(text, limit), Encoding.UTF8.GetString(buffer.Written));
        });

    [Fact]
    public void Lines_are_cut_behind_the_last_that_fits() => Gen.Select(Texts, Limits).Sample(
        static (text, limit) =>
        {
            var cut = TextLimit.CutLines(text, limit);
            var within = TextLimit.Cut(text, limit);
            var end = within.LastIndexOf('\n');

            Assert.Equal(ReferenceEquals(within, text) || end <= 0 ? within : within[..(end + 1)] + Mark, cut);
        });

    [Fact]
    public void An_empty_first_line_is_not_all_that_is_kept() =>
        Assert.Equal($"\n{new string('x', 19 - Encoding.UTF8.GetByteCount(Mark))}{Mark}", TextLimit.CutLines("\n" + new string('x', 100), 20));

    [Theory]
    [InlineData("€€€€", 12, true)]
    [InlineData("€€€€", 11, false)]
    [InlineData("aaaa", 4, true)]
    [InlineData("aaaaa", 4, false)]
    [InlineData("", 0, true)]
    public void A_text_fits_when_its_bytes_do(string text, int limit, bool fits) => Assert.Equal(fits, TextLimit.Fits(text, limit));
}
