using System.Text.Json.Nodes;

namespace Naq.Events.JetStream;

/// <summary>Numbers in the server's answers; one that is missing is 0.</summary>
internal static class JsonObjectNumbers
{
    public static long Number(this JsonObject json, string name) => (long?)json[name] ?? 0;

    public static ulong Sequence(this JsonObject json, string name) => (ulong?)json[name] ?? 0;
}
