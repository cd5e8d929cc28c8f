using System.Globalization;
using System.Text.Json.Nodes;

namespace Naq.Events.JetStream;

/// <summary>What a stream holds.</summary>
/// <param name="First">The first sequence.</param>
/// <param name="Last">The last sequence; 0, or one below the first, when the stream is empty.</param>
/// <param name="Messages">How many messages.</param>
/// <param name="Id">Tells it from a stream of the same name that was made after this one was removed.</param>
internal readonly record struct StreamState(ulong First, ulong Last, long Messages, string Id)
{
    /// <summary>Whether messages may have a time to live of their own, and so vanish from the middle of the stream.</summary>
    public bool AllowsTtls { get; init; }

    public static StreamState Of(JsonObject information)
    {
        var state = information["state"]!.AsObject();
        return new StreamState(
            state.Sequence("first_seq"), state.Sequence("last_seq"), state.Number("messages"), IdOf((string?)information["created"]))
        {
            AllowsTtls = (bool?)information["config"]?["allow_msg_ttl"] == true,
        };
    }

    private static string IdOf(string? created) =>
        DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcTicks.ToString("x", CultureInfo.InvariantCulture)
            : "0";
}
