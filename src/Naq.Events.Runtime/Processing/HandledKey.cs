using System.Globalization;
using Naq.Events.Serialization;

namespace Naq.Events.Processing;

/// <summary>The keys of records of handled events: of characters that a key of a KV bucket may have (ADR-8).</summary>
internal static class HandledKey
{
    /// <summary>The event's id is the same in every delivery; of an event without one, its place in the stream is.</summary>
    public static string Of(string processor, JobEvent jobEvent, string handler)
    {
        var id = jobEvent.Id == Guid.Empty
            ? string.Create(CultureInfo.InvariantCulture, $"{jobEvent.Sequence}")
            : jobEvent.Id.ToString("N");
        return $"{processor}.{id}.{JobEventSubject.EncodeJobId(handler).Replace('%', '=')}";
    }
}
