using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Naq.Events.CompilerServices;

/// <content>The values that are neither objects nor arrays of a payload type.</content>
public ref partial struct JobEventValueWriter
{
    /// <summary>Writes a text.</summary>
    /// <param name="value">The text; a null is written for <see langword="null"/>, here and below.</param>
    public readonly void Value(string? value)
    {
        if (value is null)
            Null();
        else
            _json.Value(value);
    }

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    /// <param name="value">The value.</param>
    public readonly void Value(bool value) => _json.Value(value);

    /// <inheritdoc cref="Value(bool)"/>
    public readonly void Value(bool? value)
    {
        if (value is { } present)
            _json.Value(present);
        else
            Null();
    }

    /// <summary>Writes a number, a character, a UUID, a date or a time.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    public readonly void Value<T>(T value)
        where T : struct, IUtf8SpanFormattable => _json.Simple(value);

    /// <inheritdoc cref="Value{T}(T)"/>
    public readonly void Value<T>(T? value)
        where T : struct, IUtf8SpanFormattable
    {
        if (value is { } present)
            _json.Simple(present);
        else
            Null();
    }

    /// <summary>Writes an address as it was given.</summary>
    /// <param name="value">The address.</param>
    public readonly void Value(Uri? value) => Value(value?.OriginalString);

    /// <summary>Writes a version.</summary>
    /// <param name="value">The version.</param>
    public readonly void Value(Version? value) => Value(value?.ToString());

    /// <summary>Writes bytes as Base64.</summary>
    /// <param name="value">The bytes.</param>
    public readonly void Value(byte[]? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        _json.Byte((byte)'"');
        _json.Base64(value);
        _json.Byte((byte)'"');
    }

    /// <summary>Writes JSON anew, without the white space it had; a null for an undefined element.</summary>
    /// <param name="value">The JSON.</param>
    public void Value(JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            Json(value);
            return;
        }

        BeginDynamic(_json.Length);
        Json(value);
        EndDynamic();
    }

    /// <inheritdoc cref="Value(JsonElement)"/>
    public void Value(JsonElement? value) => Value(value.GetValueOrDefault());

    /// <summary>Writes a value as a serializer context of the application's own says.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="typeInfo">How the context writes the type.</param>
    public void Value<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
        if (!Fits(utf8, _levelsLeft))
        {
            TooDeep();
            return;
        }

        BeginDynamic(_json.Length);
        _json.Raw(utf8);
        EndDynamic();
    }

    /// <summary>Writes the digits of a number.</summary>
    internal readonly void Number(string digits) => _json.Text(digits);

    private void Json(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                if (!BeginObject(value))
                    return;

                foreach (var property in value.EnumerateObject())
                {
                    Name(property.Name);
                    Json(property.Value);
                }

                EndObject();
                break;

            case JsonValueKind.Array:
                if (!BeginArray(value))
                    return;

                foreach (var element in value.EnumerateArray())
                {
                    Element();
                    Json(element);
                }

                EndArray();
                break;

            case JsonValueKind.String:
                Value(Serialization.WireString.Text(value));
                break;

            case JsonValueKind.Undefined or JsonValueKind.Null:
                Null();
                break;

            default:
                _json.Raw(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private static bool Fits(ReadOnlySpan<byte> utf8, int levels)
    {
        // A reader takes 0 for its default.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = levels + 1 });
        while (reader.Read())
        {
            if (reader.CurrentDepth == levels && reader.TokenType is (JsonTokenType.StartObject or JsonTokenType.StartArray))
                return false;
        }

        return true;
    }
}
