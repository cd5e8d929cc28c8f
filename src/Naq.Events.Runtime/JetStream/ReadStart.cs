using System.Globalization;
using System.Text.Json.Nodes;

namespace Naq.Events.JetStream;

/// <summary>Where a consumer begins: at a sequence, or with what was stored from a time on.</summary>
internal readonly record struct ReadStart
{
    private readonly ulong _sequence;
    private readonly DateTimeOffset? _storedSince;

    private ReadStart(ulong sequence, DateTimeOffset? storedSince)
    {
        _sequence = sequence;
        _storedSince = storedSince;
    }

    /// <summary>With the first message there is.</summary>
    public static ReadStart First => default;

    /// <summary>The consumer's <c>deliver_policy</c>.</summary>
    public string Policy => _storedSince is not null ? "by_start_time" : _sequence > 1 ? "by_start_sequence" : "all";

    public static ReadStart At(ulong sequence) => new(sequence, null);

    public static ReadStart StoredSince(DateTimeOffset time) => new(0, time);

    public void Set(JsonObject configuration)
    {
        if (_storedSince is { } time)
            configuration["opt_start_time"] = time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        else if (_sequence > 1)
            configuration["opt_start_seq"] = _sequence;
    }
}
