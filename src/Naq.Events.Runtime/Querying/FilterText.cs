using System.Globalization;
using System.Text;

namespace Naq.Events.Querying;

/// <summary>Filters as text: names of the wire and values.</summary>
internal static class FilterText
{
    private const string TagPrefix = "tag.";
    private const string Names =
        "job_id, event_type, service, environment, worker_id, queue_name, error_type, error_fingerprint, correlation_id, message, tag.NAME, since, until";

    /// <summary>Reads a filter, or says what is wrong.</summary>
    public static string? Read(string text, out JobEventFilter filter)
    {
        filter = JobEventFilter.All;
        return Split(text, out var settings) ?? Read(settings, out filter);
    }

    /// <summary>Reads a filter, or says what is wrong.</summary>
    public static string? Read(IEnumerable<KeyValuePair<string, string>> settings, out JobEventFilter filter)
    {
        filter = JobEventFilter.All;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            if (!seen.Add(name))
                return $"The filter has '{name}' twice. Give it once; several event types are divided by commas.";

            if (string.IsNullOrEmpty(value))
                return $"The filter's '{name}' has no value. Give it one, or leave the name out.";

            if (Set(name, value, ref filter) is { } problem)
                return problem;
        }

        try
        {
            _ = filter.Checked();
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    public static string Write(JobEventFilter filter)
    {
        var text = new StringBuilder();
        Add("job_id", filter.JobId);
        Add("event_type", filter.EventNames.Count == 0 ? null : string.Join(',', filter.EventNames));
        Add("service", filter.Service);
        Add("environment", filter.Environment);
        Add("worker_id", filter.WorkerId);
        Add("queue_name", filter.QueueName);
        Add("error_type", filter.ErrorType);
        Add("error_fingerprint", filter.ErrorFingerprint);
        Add("correlation_id", filter.CorrelationId);
        Add("message", filter.MessageContains);
        foreach (var (name, value) in filter.Tags)
            Add(TagPrefix + name, value);

        Add("since", filter.Since?.ToString("O", CultureInfo.InvariantCulture));
        Add("until", filter.Until?.ToString("O", CultureInfo.InvariantCulture));
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? "" : " ").Append(Quoted(name)).Append('=').Append(Quoted(value));
        }
    }

    private static string? Set(string name, string value, ref JobEventFilter filter)
    {
        switch (name)
        {
            case "job_id":
                filter = filter with { JobId = value };
                return null;
            case "event_type":
                return SetNames(value, ref filter);
            case "service":
                filter = filter with { Service = value };
                return null;
            case "environment":
                filter = filter with { Environment = value };
                return null;
            case "worker_id":
                filter = filter with { WorkerId = value };
                return null;
            case "queue_name":
                filter = filter with { QueueName = value };
                return null;
            case "error_type":
                filter = filter with { ErrorType = value };
                return null;
            case "error_fingerprint":
                filter = filter with { ErrorFingerprint = value };
                return null;
            case "correlation_id":
                filter = filter with { CorrelationId = value };
                return null;
            case "message":
                filter = filter with { MessageContains = value };
                return null;
            case "since" or "until":
                return SetTime(name, value, ref filter);
            case { Length: > 4 } when name.StartsWith(TagPrefix, StringComparison.Ordinal):
                filter = filter.WithTag(name[TagPrefix.Length..], value);
                return null;
            default:
                return $"'{name}' is not a name that events are filtered by. The names are {Names}.";
        }
    }

    private static string? SetNames(string value, ref JobEventFilter filter)
    {
        try
        {
            filter = filter with { EventNames = value.Split(',', StringSplitOptions.TrimEntries) };
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    private static string? SetTime(string name, string value, ref JobEventFilter filter)
    {
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return $"The filter's '{name}' is '{value}', not a time. Write it as 2026-01-31T12:00:00Z.";

        filter = name == "since" ? filter with { Since = time } : filter with { Until = time };
        return null;
    }

    private static string? Split(string text, out List<KeyValuePair<string, string>> settings)
    {
        settings = [];
        var position = 0;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
                position++;

            if (position == text.Length)
                return null;

            var start = position;
            if (!TryToken(text, ref position, stopsAtEquals: true, out var name) || position == text.Length || text[position] != '=')
                return $"The filter '{text}' has no '=' after what begins at character {start}. Write it as name=value name=\"value with spaces\".";

            position++;
            if (!TryToken(text, ref position, stopsAtEquals: false, out var value))
                return $"The filter '{text}' has a '\"' that does not end, in the value of '{name}'.";

            settings.Add(new(name, value));
        }
    }

    private static bool TryToken(string text, ref int position, bool stopsAtEquals, out string token)
    {
        var read = new StringBuilder();
        token = "";
        var quoted = false;
        for (; position < text.Length; position++)
        {
            var character = text[position];
            if (character == '"')
                quoted = !quoted;
            else if (quoted && character == '\\' && position + 1 < text.Length)
                _ = read.Append(text[++position]);
            else if (!quoted && (char.IsWhiteSpace(character) || (stopsAtEquals && character == '=')))
                break;
            else
                _ = read.Append(character);
        }

        token = read.ToString();
        return !quoted;
    }

    private static string Quoted(string value)
    {
        var isPlain = value.Length > 0 && value.All(static character => !char.IsWhiteSpace(character) && character is not ('"' or '\\' or '='));
        return isPlain ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
