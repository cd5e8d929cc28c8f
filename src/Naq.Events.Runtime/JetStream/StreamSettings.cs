using System.Text.Json.Nodes;
using Naq.Events.JetStream.ServiceStreams;

namespace Naq.Events.JetStream;

/// <summary>The stream's settings that are ours, as the server's configuration names them. All else in a stream is left alone.</summary>
internal static class StreamSettings
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Says which options do not go together, or nothing.</summary>
    public static string? Problem(JetStreamOptions options, string service)
    {
        if (options.MaxAge > TimeSpan.Zero && options.DuplicateWindow > options.MaxAge)
        {
            return $"DuplicateWindow ({options.DuplicateWindow}) is longer than MaxAge ({options.MaxAge}): an id cannot be known longer than its "
                + "event is kept.";
        }

        return options.StreamPerService && ServiceStreamDirectory.ReservedEndings.FirstOrDefault(ending => service.EndsWith($"_{ending}", StringComparison.Ordinal)) is { } reserved
            ? $"The service '{service}' cannot have a stream of its own (JetStreamOptions.StreamPerService): '{options.StreamName}' is the name of what is "
                + $"kept beside another service's stream. Name it otherwise (NaqEventsOptions.Service): without '_{reserved}' at its end."
            : null;
    }

    /// <summary>The configuration of a new stream.</summary>
    public static JsonObject Create(JetStreamOptions options, JobEventSubjects subjects, StreamFeatures features)
    {
        var configuration = Updatable(options, subjects, features);
        configuration["name"] = options.StreamName;
        configuration["description"] = "Events of jobs, logged by Naq.Events.";
        configuration["subjects"] = new JsonArray(subjects.Stream);
        configuration["retention"] = "limits";
        configuration["storage"] = "file";
        configuration["discard"] = "old";
        return configuration;
    }

    /// <summary>What is brought up to the options in a stream that exists.</summary>
    public static JsonObject Updatable(JetStreamOptions options, JobEventSubjects subjects, StreamFeatures features)
    {
        var settings = new JsonObject
        {
            ["max_age"] = Nanoseconds(options.MaxAge),
            ["max_msgs"] = options.MaxMessages,
            ["max_bytes"] = options.MaxBytes,
            ["num_replicas"] = (long)options.Replicas,
            ["duplicate_window"] = Nanoseconds(options.DuplicateWindow),
            ["allow_direct"] = true,
            ["republish"] = options.Republish ? new JsonObject { ["src"] = subjects.Stream, ["dest"] = subjects.Republished } : null,
        };

        // Another process may use what this one does not: these settings are never taken away.
        if (features.Batches)
            settings["allow_atomic"] = true;

        if (features.Ttls)
            settings["allow_msg_ttl"] = true;

        return settings;
    }

    public static long Nanoseconds(TimeSpan time) => time.Ticks * NanosecondsPerTick;

    /// <summary>Whether the server would see no difference: absent counts as null, false and 0, and no limit as -1.</summary>
    public static bool Same(string setting, JsonNode? left, JsonNode? right) => setting switch
    {
        "republish" => (string?)left?["src"] == (string?)right?["src"] && (string?)left?["dest"] == (string?)right?["dest"],
        "allow_direct" or "allow_atomic" or "allow_msg_ttl" => ((bool?)left ?? false) == ((bool?)right ?? false),
        "max_msgs" or "max_bytes" => Limit(left) == Limit(right),
        _ => ((long?)left ?? 0) == ((long?)right ?? 0),
    };

    /// <summary>A value as a log shows it.</summary>
    public static string Shown(string setting, JsonNode? value) => setting switch
    {
        "max_age" or "duplicate_window" => TimeSpan.FromTicks(((long?)value ?? 0) / NanosecondsPerTick).ToString(),
        "max_msgs" or "max_bytes" when Limit(value) < 0 => "unlimited",
        "republish" => value is null ? "off" : (string?)value["dest"] ?? "off",
        "allow_direct" or "allow_atomic" or "allow_msg_ttl" when value is null => "false",
        _ => value?.ToJsonString() ?? "none",
    };

    /// <summary>A limit of messages or bytes; -1 for none.</summary>
    public static long Limit(JsonNode? value) => (long?)value is { } limit and > 0 ? limit : -1;
}
