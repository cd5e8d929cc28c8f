using System.ComponentModel;
using System.Text.Json;

namespace Naq.Events.CompilerServices;

/// <summary>Writes a value of one type as JSON. The generator writes one method of this shape for each payload type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="writer">Where the JSON goes.</param>
/// <param name="value">The value.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void JobEventValueWrite<in T>(ref JobEventValueWriter writer, T value);

/// <summary>Reads a value of one type from JSON. The generator writes one method of this shape for each payload type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="reader">A reader at the value's first token; it is left at the value's last.</param>
/// <exception cref="JsonException">The JSON does not fit the type.</exception>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T JobEventValueRead<out T>(ref Utf8JsonReader reader);
