using System.Globalization;
using System.Text.Json.Nodes;

namespace Naq.Events.JetStream;

/// <summary>Says whether a stream will reach a limit, and so remove events, before they are as old as they are to become.</summary>
internal static class StreamForecast
{
    // Of a stream that is nearly empty, the first minutes tell nothing.
    private const double LeastShare = 0.1;

    /// <summary>The warning, with the option to raise; <see langword="null"/> when all is well or it is too early to tell.</summary>
    /// <param name="information">The stream's, from the server.</param>
    /// <param name="now">The time.</param>
    public static string? Warning(JsonObject information, DateTimeOffset now)
    {
        var configuration = information["config"]!.AsObject();
        var state = information["state"]!.AsObject();
        var maxAge = TimeSpan.FromTicks(configuration.Number("max_age") / 100);
        if (maxAge == TimeSpan.Zero || state.Number("messages") == 0
            || !DateTimeOffset.TryParse((string?)state["first_ts"], CultureInfo.InvariantCulture, out var first) || first >= now)
        {
            return null;
        }

        var span = now - first;
        return Of("events", state.Number("messages"), StreamSettings.Limit(configuration["max_msgs"]), "MaxMessages", span, maxAge)
            ?? Of("bytes", state.Number("bytes"), StreamSettings.Limit(configuration["max_bytes"]), "MaxBytes", span, maxAge);
    }

    private static string? Of(string unit, long used, long limit, string option, TimeSpan span, TimeSpan maxAge)
    {
        if (limit <= 0 || used < limit * LeastShare)
            return null;

        var perSecond = used / span.TotalSeconds;
        var held = TimeSpan.FromSeconds(Math.Min(limit / perSecond, maxAge.TotalSeconds));
        return held >= maxAge
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{used:N0} {unit} in {span:d\\.hh\\:mm\\:ss} are {perSecond:N1} a second: at that rate the stream holds the last {held:d\\.hh\\:mm\\:ss} only, and "
                + $"removes events before MaxAge ({maxAge}). Raise {option} from {limit:N0} to {Math.Ceiling(perSecond * maxAge.TotalSeconds):N0} or more, or lower MaxAge");
    }
}
