using System.ComponentModel;
using Naq.Events.Serialization;

namespace Naq.Events;

/// <summary>Builds <see cref="JobEventFields"/> value by value, straight into UTF-8. A null adds nothing.</summary>
/// <example><code>
/// var details = new JobEventFieldsBuilder();
/// details.Add("parcels"u8, 3);
/// JobEventFields fields = details.Build();
/// </code></example>
public ref partial struct JobEventFieldsBuilder
{
    private Utf8JsonBuffer? _buffer;
    private List<Range>? _dynamicParts;

    /// <summary>Starts an object.</summary>
    public JobEventFieldsBuilder() => _buffer = Utf8JsonBuffer.Rent();

    /// <summary>Ends the object. The builder cannot be used afterwards.</summary>
    /// <exception cref="InvalidOperationException">The fields were built before.</exception>
    public JobEventFields Build() => JobEventFields.FromValid(End());

    /// <summary>
    /// Ends an object whose fields a declaration named: <see cref="NaqEventsOptions.RedactedKeys"/> only holds within them, where
    /// names come from run time. For generated code.
    /// </summary>
    /// <exception cref="InvalidOperationException">The fields were built before.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public JobEventFields BuildDeclared() => JobEventFields.FromValid(End(), _dynamicParts is null ? [] : [.. _dynamicParts]);

    private byte[]? End()
    {
        var buffer = Buffer;
        _buffer = null;
        byte[]? utf8 = null;
        if (buffer.Length > 0)
        {
            buffer.Byte((byte)'}');
            utf8 = buffer.Written.ToArray();
        }

        buffer.Return();
        return utf8;
    }

    private readonly Utf8JsonBuffer Buffer => _buffer
        ?? throw new InvalidOperationException("The fields are built already. Start new ones with new JobEventFieldsBuilder().");

    private readonly Utf8JsonBuffer Name(ReadOnlySpan<byte> name)
    {
        var buffer = Buffer;
        buffer.Byte(buffer.Length == 0 ? (byte)'{' : (byte)',');
        buffer.String(name);
        buffer.Byte((byte)':');
        return buffer;
    }
}
