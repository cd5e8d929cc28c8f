namespace Naq.Events;

/// <content>One method for each type a detail may have.</content>
public ref partial struct JobEventFieldsBuilder
{
    /// <summary>Adds a field.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The value; <see langword="null"/> adds nothing.</param>
    public readonly void Add(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            Name(name).Value(value);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, bool value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, char value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, char? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, sbyte value) => Name(name).Number(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, sbyte? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, byte value) => Name(name).Number(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, byte? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, short value) => Name(name).Number(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, short? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, ushort value) => Name(name).Number(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, ushort? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, int value) => Name(name).Number(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, uint value) => Name(name).Number(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, uint? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, long value) => Name(name).Number(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, ulong value) => Name(name).Number(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, ulong? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, float value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, float? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, double value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, decimal value) => Name(name).Number(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, Guid value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, Guid? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, DateTime value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, DateTime? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, DateTimeOffset value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, DateOnly value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, DateOnly? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, TimeOnly value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, TimeOnly? value)
    {
        if (value is { } present)
            Add(name, present);
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, TimeSpan value) => Name(name).Value(value);

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, string?)"/>
    public readonly void Add(ReadOnlySpan<byte> name, TimeSpan? value)
    {
        if (value is { } present)
            Add(name, present);
    }
}
