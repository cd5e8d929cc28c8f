using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <summary>Writes and reads an enum by its names, as <c>JsonStringEnumConverter</c> does. For generated code.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JobEventEnum<T>
    where T : struct, Enum
{
    private readonly Dictionary<T, string> _names = [];
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _valuesOfAnyCase = new(StringComparer.OrdinalIgnoreCase);
    private readonly (ulong Bits, string Name)[] _flags;
    private readonly bool _isFlags;

    /// <summary>Takes the enum's names.</summary>
    /// <param name="isFlags">Whether its values are combined.</param>
    /// <param name="members">Its members with their names on the wire, in the order of their declaration.</param>
    public JobEventEnum(bool isFlags, params ReadOnlySpan<(T Value, string Name)> members)
    {
        _isFlags = isFlags;
        foreach (var (value, name) in members)
        {
            _names.TryAdd(value, name);
            _values.TryAdd(name, value);
            _valuesOfAnyCase.TryAdd(name, value);
        }

        // A combination that has a name comes before its parts.
        _flags = [.. _names.Select(static pair => (Bits: Bits(pair.Key), Name: pair.Value))
            .OrderByDescending(static flag => BitOperations.PopCount(flag.Bits)).ThenBy(static flag => flag.Bits)];
    }

    /// <summary>The name of a value; its number when it has none.</summary>
    /// <param name="value">The value.</param>
    public string NameOf(T value) => FindName(value) ?? value.ToString("D");

    /// <summary>Writes a value's name; its number when it has none.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The value.</param>
    public void Write(ref JobEventValueWriter writer, T value)
    {
        if (FindName(value) is { } name)
            writer.Value(name);
        else
            writer.Number(value.ToString("D"));
    }

    /// <summary>Reads a value from its name in any case, several names with commas, or its number.</summary>
    /// <param name="reader">The reader.</param>
    /// <exception cref="JsonException">There is no such value.</exception>
    public T Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && TryParse(WireString.Text(ref reader, out _), out var value))
            return value;

        return reader.TokenType == JsonTokenType.Number && TryReadNumber(ref reader, out value)
            ? value
            : throw JobEventValueReader.Misfit($"one of {string.Join(", ", _values.Keys)}");
    }

    private string? FindName(T value) => _names.TryGetValue(value, out var name) ? name : _isFlags ? Combine(Bits(value)) : null;

    private string? Combine(ulong bits)
    {
        var names = new List<string>();
        foreach (var flag in _flags)
        {
            if (flag.Bits == 0 || (bits & flag.Bits) != flag.Bits)
                continue;

            names.Add(flag.Name);
            bits &= ~flag.Bits;
        }

        return bits == 0 && names.Count > 0 ? string.Join(", ", names) : null;
    }

    private bool TryParse(string text, out T value)
    {
        if (_values.TryGetValue(text, out value) || _valuesOfAnyCase.TryGetValue(text.Trim(), out value))
            return true;

        var bits = 0UL;
        foreach (var range in text.AsSpan().Split(','))
        {
            if (!_valuesOfAnyCase.TryGetValue(text[range].Trim(), out var part))
                return false;

            bits |= Bits(part);
        }

        value = FromBits(bits);
        return _isFlags;
    }

    private static bool TryReadNumber(ref Utf8JsonReader reader, out T value)
    {
        value = default;
        if (reader.TryGetInt64(out var signed))
            value = FromBits(unchecked((ulong)signed));
        else if (reader.TryGetUInt64(out var unsigned))
            value = FromBits(unsigned);
        else
            return false;

        // A number that does not fit the enum's underlying type has lost digits on the way.
        return System.Text.Encoding.UTF8.GetBytes(value.ToString("D")).AsSpan().SequenceEqual(reader.ValueSpan);
    }

    private static ulong Bits(T value) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<T, byte>(value),
        2 => Unsafe.BitCast<T, ushort>(value),
        4 => Unsafe.BitCast<T, uint>(value),
        _ => Unsafe.BitCast<T, ulong>(value),
    };

    private static T FromBits(ulong bits) => unchecked(Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<byte, T>((byte)bits),
        2 => Unsafe.BitCast<ushort, T>((ushort)bits),
        4 => Unsafe.BitCast<uint, T>((uint)bits),
        _ => Unsafe.BitCast<ulong, T>(bits),
    });
}
