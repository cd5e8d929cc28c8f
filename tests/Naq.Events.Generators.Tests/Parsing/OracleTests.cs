using System.Globalization;
using System.Text.Json;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators.Tests.Parsing;

/// <summary>What the generator knows by heart, compared with the runtime that knows it.</summary>
public sealed class OracleTests
{
    [Theory]
    [InlineData("sizeBytes")]
    [InlineData("sha256")]
    [InlineData("URLPath")]
    [InlineData("HTTP2Server")]
    [InlineData("a")]
    [InlineData("A")]
    [InlineData("aB")]
    [InlineData("ABCdEF")]
    [InlineData("_leading")]
    [InlineData("trailing_")]
    [InlineData("with_under_Score")]
    [InlineData("größeÄnderung")]
    [InlineData("Ⅷpart")]
    [InlineData("x1Y2Z")]
    public void SnakeCaseIsThatOfSystemTextJson(string name) =>
        Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), SnakeCase.From(name));

    [Fact]
    public void StandardEventsAreThoseOfTheRuntime() => Assert.All(Enum.GetValues<JobEventType>(), type =>
    {
        if (type == JobEventType.Custom)
        {
            Assert.Null(StandardEvents.FromValue((int)type));
            return;
        }

        Assert.Equal(type.ToString(), StandardEvents.FromValue((int)type));
        Assert.Equal(type.ToString(), StandardEvents.FromToken(new JobEvent("j", type).EventName));
    });

    [Fact]
    public void FieldsAreThoseOfTheRuntime()
    {
        var fields = Enum.GetValues<JobEventFieldName>();
        Assert.All(fields, field => Assert.Equal(field.ToString(), EventField.FromValue((int)field)?.Role.ToString()));
        Assert.Null(EventField.FromValue(fields.Length));
        Assert.Null(EventField.FromValue(-1));
    }

    public static TheoryData<string, object> Samples => new()
    {
        { nameof(ValueKind.SByte), (sbyte)1 },
        { nameof(ValueKind.Byte), (byte)1 },
        { nameof(ValueKind.Int16), (short)1 },
        { nameof(ValueKind.UInt16), (ushort)1 },
        { nameof(ValueKind.Int32), 1 },
        { nameof(ValueKind.UInt32), 1U },
        { nameof(ValueKind.Int64), 1L },
        { nameof(ValueKind.UInt64), 1UL },
        { nameof(ValueKind.Single), 1.5F },
        { nameof(ValueKind.Double), 1.5D },
        { nameof(ValueKind.Decimal), 1.5M },
        { nameof(ValueKind.Guid), Guid.Empty },
        { nameof(ValueKind.DateTime), new DateTime(2026, 1, 2) },
        { nameof(ValueKind.DateTimeOffset), new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero) },
        { nameof(ValueKind.DateOnly), new DateOnly(2026, 1, 2) },
        { nameof(ValueKind.TimeOnly), new TimeOnly(1, 2, 3) },
        { nameof(ValueKind.TimeSpan), TimeSpan.FromHours(1) },
    };

    [Theory]
    [MemberData(nameof(Samples), DisableDiscoveryEnumeration = true)]
    public void AFormatIsValidWhenTheRuntimeFormats(string kind, object sample)
    {
        string[] longer =
        [
            "F2", "D5", "X8", "b4", "N0", "C2", "E10", "G17", "R2", "P1", "0.00", "#,##0.0", "00", "yyyy-MM-dd", "HH:mm:ss", "hh\\:mm",
            "dd", "MMM d", "'at' HH", "mm\\:ss\\.fff", "yyyy'T'HH", "d'/'M", "\"x\"", "F100", "zzz", "K", "%d", "%h", "tt", "gg", "yyyy/MM",
        ];
        var letters = Enumerable.Range('A', 58).Select(c => ((char)c).ToString()).Where(text => char.IsAsciiLetter(text[0]));
        foreach (var format in letters.Concat(longer))
        {
            Assert.True(
                Formats((IFormattable)sample, format) == FormatSpecifier.IsValid(Enum.Parse<ValueKind>(kind), format),
                $"{kind} with '{format}'");
        }
    }

    private static bool Formats(IFormattable value, string format)
    {
        try
        {
            _ = value.ToString(format, CultureInfo.InvariantCulture);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
