using System.Globalization;
using System.Runtime.CompilerServices;
using CsCheck;
using Naq.Events.CompilerServices;

namespace Naq.Events.Runtime.Tests.Errors;

public sealed class ErrorFingerprintTests
{
    // Words that no one would take for a number or an id.
    private static readonly Gen<string> Word = Gen.OneOf("order", "the queue", "user's", "failed", "can't", "timeout", "é", "on");

    private static readonly Gen<string> Quoted = Gen.OneOf(
        Gen.Char.AlphaNumeric.Array[0, 40].Select(static letters => new string(letters)),
        Gen.OneOf("", "a b", "it is 5 o'clock", "{x: [1]}", "漢字 — 😀", "C:\\a\\b.txt"));

    private static readonly Gen<string> Variable = Gen.OneOf(
        Gen.Int.Select(static number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.Double[-1e9, 1e9].Select(static number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.Double.Where(double.IsFinite).Select(static number => number.ToString("R", CultureInfo.InvariantCulture)),
        Gen.ULong.Select(static number => number.ToString("N0", CultureInfo.InvariantCulture)),
        Gen.UInt.Select(static number => $"0x{number:x}"),
        Gen.Guid.Select(static id => id.ToString()),
        Gen.Guid.Select(static id => id.ToString("N").ToUpperInvariant()),
        Gen.Byte.Array[20].Select(Convert.ToHexStringLower));

    // Of "a", a space, one of the variables, a comma...: each message has the same words, with other values between.
    private static readonly Gen<(string One, string Other)> Alike = Gen.Select(
        Word,
        Gen.OneOf(
            Gen.Select(Variable, Variable),
            Gen.Select(Quoted, Quoted).Select(static (one, other) => ($"\"{one}\"", $"\"{other}\"")),
            Gen.Select(Quoted, Quoted).Select(static (one, other) => ($"'{one}'", $"'{other}'")),
            Gen.Select(Quoted, Quoted).Select(static (one, other) => ($"“{one}”", $"“{other}”"))),
        static (word, values) => ($"{word} {values.Item1}", $"{word} {values.Item2}"))
        .Array[1, 5]
        .Select(static parts => (
            string.Join(", ", parts.Select(static part => part.Item1)) + ".",
            string.Join(", ", parts.Select(static part => part.Item2)) + "."));

    [Fact]
    public void Messages_that_differ_in_numbers_ids_and_quoted_parts_are_of_one_kind() =>
        Alike.Sample(static pair => Of(new IOException(pair.One)) == Of(new IOException(pair.Other)), iter: 20_000);

    [Fact]
    public void Errors_of_other_types_are_of_other_kinds() => Alike.Sample(
        static pair =>
        {
            Exception[] errors =
            [
                new IOException(pair.One), new InvalidOperationException(pair.Other), new TimeoutException(pair.One), new Outer.IOException(pair.One),
            ];
            return errors.Select(Of).Distinct().Count() == errors.Length;
        },
        iter: 1_000);

    [Fact]
    public void Any_message_at_all_has_a_fingerprint() =>
        Gen.String.Sample(static message => Of(new IOException(message)) is { Length: 16 } one && one == Of(new IOException(message)));

    [Theory]
    [InlineData("Order 17 failed", "Order 18 failed", true)]
    [InlineData("Order 17 failed", "Order 17 timed out", false)]
    [InlineData("order-17", "order-18", true)]
    [InlineData("took 12ms", "took 1,250.5ms", true)]
    [InlineData("took 5s", "took 5ms", false)]
    [InlineData("at 10.0.0.1:80", "at 192.168.1.20:8080", true)]
    [InlineData("offset -3", "offset 4", true)]
    [InlineData("commit deadbeef", "commit 1f3870be", true)]
    [InlineData("the facade is bad", "the decade is bad", false)]
    [InlineData("The user's file 'a' isn't there", "The user's file 'b c' isn't there", true)]
    [InlineData("The user's file 'a' isn't there", "The user's folder 'a' isn't there", false)]
    [InlineData("no end: \"a 1", "no end: \"a 2", true)]
    [InlineData("no end: 'a", "no end: 'b", false)]
    [InlineData("queue_7_full", "queue_19_full", true)]
    [InlineData("2026-01-02T03:04:05Z", "2027-11-12T13:14:15Z", true)]
    public void Kinds_are_told_apart(string one, string other, bool alike) =>
        Assert.Equal(alike, Of(new IOException(one)) == Of(new IOException(other)));

    [Fact]
    public void Where_it_was_thrown_tells_kinds_apart_but_not_on_which_line()
    {
        Assert.Equal(Thrown(() => Here(first: true)), Thrown(() => Here(first: false)));
        Assert.NotEqual(Thrown(() => Here(first: true)), Thrown(There));
        Assert.NotEqual(Thrown(There), Of(new IOException("x")));
    }

    [Fact]
    public async Task An_async_method_or_a_lambda_is_a_place_like_any_other()
    {
        var one = await Assert.ThrowsAsync<IOException>(() => LaterAsync(first: true));
        var other = await Assert.ThrowsAsync<IOException>(() => LaterAsync(first: false));
        Assert.Equal(Of(one), Of(other));
    }

    [Fact]
    public void Type_arguments_are_no_part_of_a_kind()
    {
        Assert.Equal(Of(new Generic<int>()), Of(new Generic<List<string>>()));
        Assert.Equal(Thrown(ThrowIn<int>), Thrown(ThrowIn<string>));
    }

    [Fact]
    public void An_error_that_throws_from_its_properties_has_a_fingerprint_too() => Assert.Equal(16, Of(new Mute())!.Length);

    [Fact]
    public void There_is_none_without_an_error()
    {
        Assert.Null(JobEventText.ErrorFingerprint(null));
        Assert.Null(JobEventText.ErrorStack(null));
    }

    private static string? Of(Exception exception) => JobEventText.ErrorFingerprint(exception);

    private static string? Thrown(Action act) => Of(Assert.Throws<IOException>(act));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Here(bool first)
    {
        if (first)
            throw new IOException("x");

        throw new IOException("x");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void There() => throw new IOException("x");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowIn<T>() => throw new IOException("x");

    private static async Task LaterAsync(bool first)
    {
        await Task.Yield();
        if (first)
            throw new IOException("1");

        throw new IOException("2");
    }

    private static class Outer
    {
        public sealed class IOException(string message) : Exception(message);
    }

    private sealed class Generic<T> : Exception
    {
        public override string Message => "x";
    }

    private sealed class Mute : Exception
    {
        public override string Message => throw new InvalidOperationException();

        public override string? StackTrace => throw new InvalidOperationException();
    }
}
