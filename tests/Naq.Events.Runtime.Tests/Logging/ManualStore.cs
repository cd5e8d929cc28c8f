using System.Text;
using Naq.Events.Logging;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging;

/// <summary>A pipelined store, as a server is: it takes batches at once and acknowledges each event when the test says so.</summary>
internal sealed class ManualStore : StubStore, IPublishingStore, IJobEventPublisher
{
    private readonly Lock _lock = new();
    private readonly List<IReadOnlyList<Guid>> _batches = [];
    private readonly List<string> _subjects = [];
    private readonly Queue<(BufferedEvent Event, IPublishOutcomes Outcomes)> _open = new();

    public bool Automatic { get; set; }

    /// <summary>What it has from an earlier process.</summary>
    public HashSet<Guid> AlreadyStored { get; } = [];

    /// <summary>Which events it was asked for.</summary>
    public List<Guid> AskedFor { get; } = [];

    public int MaxEventBytes { get; init; } = JobEventLimits.EventBytes;

    public IReadOnlyList<IReadOnlyList<Guid>> Batches
    {
        get
        {
            lock (_lock)
                return [.. _batches];
        }
    }

    public IReadOnlyList<Guid> Ids => [.. Batches.SelectMany(static batch => batch)];

    public IReadOnlyList<string> Subjects
    {
        get
        {
            lock (_lock)
                return [.. _subjects];
        }
    }

    public override ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<IJobEventPublisher> CreatePublisherAsync(JobEventLoggerOptions options, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IJobEventPublisher>(this);

    public ValueTask<IReadOnlySet<Guid>> FindStoredAsync(IReadOnlyList<BufferedEvent> events, CancellationToken cancellationToken)
    {
        AskedFor.AddRange(events.Select(static asked => asked.Id));
        return ValueTask.FromResult<IReadOnlySet<Guid>>(AlreadyStored);
    }

    public ValueTask PublishAsync(
        ReadOnlyMemory<BufferedEvent> events, IPublishOutcomes outcomes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _batches.Add([.. events.ToArray().Select(static taken => taken.Id)]);
            foreach (var taken in events.Span)
            {
                _subjects.Add(Encoding.ASCII.GetString(taken.Subject.Span));
                _open.Enqueue((taken, outcomes));
            }
        }

        if (Automatic)
            Acknowledge(int.MaxValue);

        return default;
    }

    public void Acknowledge(int count) => Resolve(count, static (taken, outcomes) => outcomes.Stored([taken]));

    public void AcknowledgeAllFromNowOn()
    {
        Automatic = true;
        Acknowledge(int.MaxValue);
    }

    public void Refuse(int count, string reason) => Resolve(count, (taken, outcomes) => outcomes.Rejected(taken, reason));

    /// <summary>As every publisher: what is still open has no outcome any more.</summary>
    public override ValueTask DisposeAsync()
    {
        lock (_lock)
            _open.Clear();

        return base.DisposeAsync();
    }

    private void Resolve(int count, Action<BufferedEvent, IPublishOutcomes> outcome)
    {
        for (; count > 0; count--)
        {
            (BufferedEvent Event, IPublishOutcomes Outcomes) open;
            lock (_lock)
            {
                if (!_open.TryDequeue(out open))
                    return;
            }

            outcome(open.Event, open.Outcomes);
        }
    }
}
