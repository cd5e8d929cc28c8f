using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Naq.Events.Serialization;

/// <summary>Works out the path of a token. Only once something is wrong, so that reading itself keeps no path.</summary>
internal static class JsonPosition
{
    /// <summary>The path from the outermost value, such as <c>.sizes[2].name</c>; empty for that value itself.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="position">Where the token starts.</param>
    public static string PathOf(ReadOnlySpan<byte> utf8, long position)
    {
        var steps = new List<Step>();
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                steps.RemoveAt(steps.Count - 1);
                if (reader.TokenStartIndex >= position)
                    break;

                continue;
            }

            if (steps.Count > 0)
                steps[^1] = steps[^1].Next(ref reader);

            if (reader.TokenStartIndex >= position)
                break;

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                steps.Add(new Step(null, -1, reader.TokenType == JsonTokenType.StartArray));
        }

        var path = new StringBuilder();
        foreach (var step in steps)
            path.Append(step);

        return path.ToString();
    }

    private readonly record struct Step(string? Name, int Index, bool IsArray)
    {
        public Step Next(ref Utf8JsonReader reader) => IsArray
            ? this with { Index = Index + 1 }
            : reader.TokenType == JsonTokenType.PropertyName ? this with { Name = WireString.Text(ref reader, out _) } : this;

        public override string ToString() =>
            IsArray ? string.Create(CultureInfo.InvariantCulture, $"[{Index}]") : Name is null ? "" : "." + Name;
    }
}
