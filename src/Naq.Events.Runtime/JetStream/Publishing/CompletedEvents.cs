using Naq.Events.Logging;

namespace Naq.Events.JetStream.Publishing;

/// <summary>Events that were acknowledged together, with those who are to be told.</summary>
internal sealed class CompletedEvents
{
    private BufferedEvent[] _events = new BufferedEvent[64];
    private IPublishOutcomes[] _outcomes = new IPublishOutcomes[64];

    public int Count { get; private set; }

    /// <summary>When the first of them was sent.</summary>
    public long FirstSentAt { get; private set; }

    public void Clear() => Count = 0;

    public void Add(BufferedEvent bufferedEvent, IPublishOutcomes outcomes, long sentAt)
    {
        if (Count == 0)
            FirstSentAt = sentAt;

        if (Count == _events.Length)
        {
            Array.Resize(ref _events, Count * 2);
            Array.Resize(ref _outcomes, Count * 2);
        }

        _events[Count] = bufferedEvent;
        _outcomes[Count++] = outcomes;
    }

    /// <summary>Tells them, each once for all events that follow each other.</summary>
    public void ReportStored()
    {
        for (var start = 0; start < Count;)
        {
            var end = start + 1;
            while (end < Count && ReferenceEquals(_outcomes[end], _outcomes[start]))
                end++;

            _outcomes[start].Stored(_events.AsSpan(start, end - start));
            start = end;
        }
    }
}
