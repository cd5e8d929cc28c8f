namespace Naq.Events.CompilerServices;

/// <content>One method for each type a detail may have.</content>
public ref partial struct JobEventWriter
{
    /// <summary>Writes a detail.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The value; <see langword="null"/> adds nothing.</param>
    public void Write(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            Detail(name).Value(value);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, bool value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, char value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, char? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, sbyte value) => Detail(name).Number(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, sbyte? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, byte value) => Detail(name).Number(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, byte? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, short value) => Detail(name).Number(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, short? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, ushort value) => Detail(name).Number(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, ushort? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, int value) => Detail(name).Number(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, uint value) => Detail(name).Number(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, uint? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, long value) => Detail(name).Number(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, ulong value) => Detail(name).Number(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, ulong? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, float value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, float? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, double value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, decimal value) => Detail(name).Number(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, Guid value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, Guid? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, DateTime value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, DateTime? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, DateTimeOffset value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, DateOnly value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, DateOnly? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, TimeOnly value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, TimeOnly? value)
    {
        if (value is { } present)
            Write(name, present);
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, TimeSpan value) => Detail(name).Value(value);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, string?)"/>
    public void Write(ReadOnlySpan<byte> name, TimeSpan? value)
    {
        if (value is { } present)
            Write(name, present);
    }
}
