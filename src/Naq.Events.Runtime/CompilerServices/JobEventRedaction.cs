using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Naq.Events.CompilerServices;

/// <summary>What stands in the place of redacted and hashed values. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JobEventRedaction
{
    private const int HashBytes = 8;
    private const int StackBytes = 256;

    /// <summary><c>***</c>, or <see langword="null"/> for nothing.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value; only whether it is <see langword="null"/> is looked at.</param>
    public static string? Redact<T>(T value) => value is null ? null : "***";

    /// <summary>The first 16 hexadecimal digits of the text's SHA-256, or <see langword="null"/> for nothing.</summary>
    /// <param name="value">The text.</param>
    [return: NotNullIfNotNull(nameof(value))]
    public static string? Hash(string? value)
    {
        if (value is null)
            return null;

        var length = Encoding.UTF8.GetByteCount(value);
        var rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        var utf8 = rented ?? stackalloc byte[StackBytes];
        utf8 = utf8[..Encoding.UTF8.GetBytes(value, utf8)];

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(utf8, hash);

        // The buffer may go to anyone next, and what is hashed is not for everyone.
        utf8.Clear();
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);

        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    /// <summary>The hash of <c>true</c> or <c>false</c>.</summary>
    /// <param name="value">The value.</param>
    public static string Hash(bool value) => Hash(value ? "true" : "false");

    /// <summary>The hash of <c>true</c> or <c>false</c>, or <see langword="null"/> for nothing.</summary>
    /// <param name="value">The value.</param>
    public static string? Hash(bool? value) => value is { } present ? Hash(present) : null;

    /// <summary>The hash of a value's text.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    public static string Hash<T>(T value)
        where T : struct, ISpanFormattable => Hash(value.ToString(TagFormat.Of<T>(), CultureInfo.InvariantCulture));

    /// <summary>The hash of a value's text, or <see langword="null"/> for nothing.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    public static string? Hash<T>(T? value)
        where T : struct, ISpanFormattable => value is { } present ? Hash(present) : null;
}
