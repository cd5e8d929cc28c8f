using System.ComponentModel;
using System.Text.Json;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <summary>Writes one value as JSON, an object or an array member by member. For generated code.</summary>
/// <remarks>
/// Whether a comma is due is told by the byte before: only structure ends in <c>{</c> or <c>[</c>, as every text ends in a quote.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct JobEventValueWriter
{
    private readonly Utf8JsonBuffer _json;
    private readonly int _maxLength;
    private readonly bool _isLenient;
    private readonly KeyRedaction? _redaction;
    private readonly bool _notesDynamic;
    private int _levelsLeft;
    private int _dynamicLevels;
    private int _dynamicStart;
    private List<Range>? _dynamicParts;

    internal JobEventValueWriter(
        Utf8JsonBuffer json, int levels, int maxBytes, bool isLenient, KeyRedaction? redaction = null, bool notesDynamic = false)
    {
        _json = json;
        _levelsLeft = levels;
        _maxLength = (int)Math.Min((long)json.Length + maxBytes, int.MaxValue);
        _isLenient = isLenient;
        _redaction = redaction;
        _notesDynamic = notesDynamic;
    }

    /// <summary>Whether a value is the default of its type, as <c>JsonIgnoreCondition.WhenWritingDefault</c> means it.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    public static bool IsDefault<T>(T value) => EqualityComparer<T>.Default.Equals(value, default);

    /// <summary>Starts an object.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value whose members follow.</param>
    /// <returns>
    /// Whether they do: for <see langword="null"/>, and for a value too deep within others, what stands for it is written here.
    /// </returns>
    /// <exception cref="JsonException">The value is too deep, and not within a log call.</exception>
    public bool BeginObject<T>(T value) => Begin(value, (byte)'{');

    /// <summary>Writes the name of a member, whose value follows.</summary>
    /// <param name="name">The name as UTF-8.</param>
    public readonly void Name(ReadOnlySpan<byte> name)
    {
        Separate((byte)'{');
        _json.String(name);
        _json.Byte((byte)':');
    }

    /// <summary>Writes the key of a dictionary's entry, whose value follows.</summary>
    /// <param name="name">The key.</param>
    public readonly void Name(string name)
    {
        Separate((byte)'{');
        _json.String(name.AsSpan());
        _json.Byte((byte)':');
    }

    /// <summary>Ends an object.</summary>
    public void EndObject() => End((byte)'}');

    /// <summary>Starts a dictionary, whose names come from run time.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value whose entries follow.</param>
    /// <returns>Whether they do, as of <see cref="BeginObject"/>.</returns>
    /// <exception cref="JsonException">The value is too deep, and not within a log call.</exception>
    public bool BeginDictionary<T>(T value)
    {
        var start = _json.Length;
        if (!Begin(value, (byte)'{'))
            return false;

        BeginDynamic(start);
        return true;
    }

    /// <summary>Ends a dictionary.</summary>
    public void EndDictionary()
    {
        EndObject();
        EndDynamic();
    }

    /// <summary>Starts an array.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value whose elements follow.</param>
    /// <returns>Whether they do, as of <see cref="BeginObject"/>.</returns>
    /// <exception cref="JsonException">The value is too deep, and not within a log call.</exception>
    public bool BeginArray<T>(T value) => Begin(value, (byte)'[');

    /// <summary>Announces an element, which follows.</summary>
    public readonly void Element() => Separate((byte)'[');

    /// <summary>Ends an array.</summary>
    public void EndArray() => End((byte)']');

    /// <summary>Writes a null.</summary>
    public readonly void Null() => _json.Raw("null"u8);

    private bool Begin<T>(T value, byte bracket)
    {
        if (value is null)
        {
            Null();
            return false;
        }

        if (_levelsLeft <= 0)
        {
            TooDeep();
            return false;
        }

        _levelsLeft--;
        _json.Byte(bracket);
        return true;
    }

    private void End(byte bracket)
    {
        _levelsLeft++;
        _json.Byte(bracket);
    }

    private readonly void Separate(byte bracket)
    {
        // Objects that refer to each other grow without end in breadth long before they are too deep.
        if (_json.Length > _maxLength)
            throw new PayloadTooLargeException(_json.Length);

        if (_json.LastByte != bracket)
            _json.Byte((byte)',');
    }

    private readonly void TooDeep()
    {
        if (!_isLenient)
            throw new JsonException("The value is nested too deeply; does it contain itself?");

        _json.Raw("\"naq_too_deep\""u8);
    }
}
