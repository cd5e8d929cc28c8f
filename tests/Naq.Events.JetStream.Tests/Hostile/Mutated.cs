using System.Globalization;
using System.Text;
using CsCheck;

namespace Naq.Events.JetStream.Tests.Hostile;

/// <summary>Inputs that were valid, or hostile, before something happened to their bytes.</summary>
internal static class Mutated
{
    private static readonly byte[][] Pieces =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], "\\ud800"u8.ToArray(), "\\u0000"u8.ToArray(), "[[[[[[[["u8.ToArray(), "}"u8.ToArray(),
        "\""u8.ToArray(), "\\"u8.ToArray(), ",,"u8.ToArray(), "1e999999999999"u8.ToArray(), "-0"u8.ToArray(), "99999999999999999999999999"u8.ToArray(), "\r\n"u8.ToArray(),
        "null"u8.ToArray(), ":"u8.ToArray(), "."u8.ToArray(), "*"u8.ToArray(), ">"u8.ToArray(), "%"u8.ToArray(), "%00"u8.ToArray(), "%C0%80"u8.ToArray(), " "u8.ToArray(),
    ];

    /// <summary>How often each property is tried: some thousand times, or for as long as NAQ_FUZZ_SECONDS says.</summary>
    public static long Iterations => Seconds > 0 ? long.MaxValue : 5_000;

    /// <summary>NAQ_FUZZ_SECONDS, which eng/fuzz.sh sets; -1 without it.</summary>
    public static int Seconds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("NAQ_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : -1;

    /// <summary>One of the inputs, after up to six mutations.</summary>
    public static Gen<byte[]> Of(params IReadOnlyList<byte[]> inputs) =>
        from first in Gen.Int[0, inputs.Count - 1]
        from second in Gen.Int[0, inputs.Count - 1]
        from steps in Gen.Select(Gen.Int[0, 6], Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Array[0, 6]
        select steps.Aggregate(inputs[first], (bytes, step) => Mutate(bytes, inputs[second], step.Item1, step.Item2, step.Item3));

    /// <summary>The same as text.</summary>
    public static Gen<string> Texts(params IReadOnlyList<string> inputs) =>
        Of([.. inputs.Select(Encoding.UTF8.GetBytes)]).Select(static bytes => Encoding.UTF8.GetString(bytes));

    private static byte[] Mutate(byte[] bytes, byte[] other, int kind, int where, int what)
    {
        var at = where % (bytes.Length + 1);
        var length = Math.Min(what % 40, bytes.Length - at);
        var piece = Pieces[what % Pieces.Length];
        return kind switch
        {
            0 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (what % 8))), .. bytes[(at + 1)..]],
            1 => bytes[..at],
            2 => [.. bytes[..at], .. bytes[(at + length)..]],
            3 => [.. bytes[..at], .. piece, .. bytes[at..]],
            4 => [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]],
            5 => [.. bytes[..at], .. other[(what % (other.Length + 1))..]],
            _ => [.. bytes[..at], .. piece, .. bytes[(at + length)..]],
        };
    }
}
