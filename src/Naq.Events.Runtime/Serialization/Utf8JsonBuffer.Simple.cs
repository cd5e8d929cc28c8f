namespace Naq.Events.Serialization;

/// <summary>Values whose type only the caller's type argument tells.</summary>
internal sealed partial class Utf8JsonBuffer
{
    /// <summary>Writes a value of a simple type. For each type the compiler keeps one branch.</summary>
    public void Simple<T>(T value)
        where T : struct, IUtf8SpanFormattable
    {
        if (typeof(T) == typeof(double))
            Value((double)(object)value);
        else if (typeof(T) == typeof(float))
            Value((float)(object)value);
        else if (typeof(T) == typeof(Half))
            Value((float)(Half)(object)value, (Half)(object)value);
        else if (typeof(T) == typeof(char))
            Value((char)(object)value);
        else if (typeof(T) == typeof(Guid))
            Value((Guid)(object)value);
        else if (typeof(T) == typeof(DateTime))
            Value((DateTime)(object)value);
        else if (typeof(T) == typeof(DateTimeOffset))
            Value((DateTimeOffset)(object)value);
        else if (typeof(T) == typeof(DateOnly))
            Value((DateOnly)(object)value);
        else if (typeof(T) == typeof(TimeOnly))
            Value((TimeOnly)(object)value);
        else if (typeof(T) == typeof(TimeSpan))
            Value((TimeSpan)(object)value);
        else
            Formatted(value);
    }

    /// <summary>Writes bytes as Base64, without quotes.</summary>
    public void Base64(ReadOnlySpan<byte> bytes)
    {
        _ = System.Buffers.Text.Base64.EncodeToUtf8(
            bytes, Reserve(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
        Length += written;
    }

    private void Value(float widened, Half value)
    {
        if (Half.IsFinite(value))
            Formatted(value);
        else
            Value(widened);
    }
}
