using System.Text.Json;

namespace Naq.Events.CompilerServices;

/// <summary>JSON does not fit the type it is read as.</summary>
/// <param name="expected">What the type needs, for errors: "an integer of 32 bits".</param>
internal sealed class JobEventValueException(string expected) : JsonException($"The JSON does not fit: it needs {expected}.")
{
    public string Expected { get; } = expected;
}
