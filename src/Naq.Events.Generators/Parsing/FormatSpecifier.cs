using System.Globalization;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Tells at compile time whether a format would throw at run time.</summary>
/// <remarks>
/// Where the compiler's own runtime has the type, it is simply asked to format a value; the types that netstandard2.0 lacks are
/// judged by the rules of the runtime's formatter.
/// </remarks>
internal static class FormatSpecifier
{
    private static readonly DateTime SampleTime = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    public static bool IsValid(ValueKind kind, string format) => format.Length > 0 && !IsExcessive(format) && kind switch
    {
        ValueKind.SByte => IsValidInteger((sbyte)1, format),
        ValueKind.Byte => IsValidInteger((byte)1, format),
        ValueKind.Int16 => IsValidInteger((short)1, format),
        ValueKind.UInt16 => IsValidInteger((ushort)1, format),
        ValueKind.Int32 => IsValidInteger(1, format),
        ValueKind.UInt32 => IsValidInteger(1U, format),
        ValueKind.Int64 => IsValidInteger(1L, format),
        ValueKind.UInt64 => IsValidInteger(1UL, format),
        ValueKind.Single => Formats(1.5F, format),
        ValueKind.Double => Formats(1.5D, format),
        ValueKind.Decimal => Formats(1.5M, format),
        ValueKind.Guid => Formats(default(Guid), format),
        ValueKind.DateTime => Formats(SampleTime, format),
        ValueKind.DateTimeOffset => Formats(new DateTimeOffset(SampleTime), format),
        ValueKind.TimeSpan => Formats(TimeSpan.FromHours(1), format),
        ValueKind.DateOnly => IsValidDate(format),
        ValueKind.TimeOnly => IsValidTime(format),
        _ => false,
    };

    // F999999999 is legal and makes a text of a gigabyte: in the compiler, to begin with.
    private static bool IsExcessive(string format) =>
        format.Length > 4 && char.IsLetter(format[0]) && format.Skip(1).All(char.IsDigit);

    // 'B' (binary) came with .NET 8; a compiler on an older runtime would refuse it.
    private static bool IsValidInteger(IFormattable sample, string format) =>
        Formats(sample, format[0] is 'B' or 'b' ? "X" + format.Substring(1) : format);

    private static bool IsValidDate(string format) => format.Length == 1
        ? "dDmMoOrRyY".IndexOf(format[0]) >= 0
        : Formats(SampleTime, format) && !HasSpecifier(format, "hHmsftFzK:");

    private static bool IsValidTime(string format) => format.Length == 1
        ? "tTrRoO".IndexOf(format[0]) >= 0
        : Formats(SampleTime, format) && !HasSpecifier(format, "dMyzK/");

    private static bool HasSpecifier(string format, string specifiers)
    {
        for (var i = 0; i < format.Length; i++)
        {
            switch (format[i])
            {
                case '\\':
                    i++;
                    break;

                case '\'' or '"':
                    var end = format.IndexOf(format[i], i + 1);
                    i = end < 0 ? format.Length : end;
                    break;

                default:
                    if (specifiers.IndexOf(format[i]) >= 0)
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;
    }

    private static bool Formats(IFormattable sample, string format)
    {
        try
        {
            _ = sample.ToString(format, CultureInfo.InvariantCulture);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
