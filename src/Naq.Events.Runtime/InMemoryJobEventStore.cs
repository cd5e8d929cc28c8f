using Naq.Events.Hosting;
using Naq.Events.Serialization;
using Naq.Events.Storage;

namespace Naq.Events;

/// <summary>
/// The embedded default: events are kept in this process's memory, with the semantics of a stream, and are gone when it ends.
/// </summary>
public sealed partial class InMemoryJobEventStore : IJobEventStore, IDisposable
{
    private const int ReadSize = 256;

    private readonly NaqEventsOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly EventLog _log;

    /// <summary>Makes an empty store.</summary>
    /// <param name="options">The environment and service it stores and reads for; the defaults when <see langword="null"/>.</param>
    /// <param name="limits">How much is kept; the defaults when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <exception cref="ArgumentException">An option is not valid; the message says which.</exception>
    public InMemoryJobEventStore(NaqEventsOptions? options = null, InMemoryOptions? limits = null, TimeProvider? timeProvider = null)
        : this(options ?? new NaqEventsOptions(), timeProvider ?? TimeProvider.System, log: null, limits)
    {
    }

    private InMemoryJobEventStore(NaqEventsOptions options, TimeProvider timeProvider, EventLog? log, InMemoryOptions? limits)
    {
        _options = OptionsCheck.Valid(options);
        _timeProvider = timeProvider;
        _leases = new MemoryLeases(timeProvider);
        _log = log ?? new EventLog(OptionsCheck.Valid(limits ?? new InMemoryOptions()), timeProvider);
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<JobEvent> jobEvents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobEvents);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var jobEvent in jobEvents)
        {
            // The limits of the wire hold here too, so that what works embedded works on a server.
            var writer = jobEvent.BeginWrite(WireOptions.Throwing);
            try
            {
                writer.Complete();
            }
            finally
            {
                writer.Dispose();
            }
        }

        _log.Append(jobEvents, _options.Environment, _options.Service);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<JobEventStoreHealth> CheckHealthAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_log.Health());

    /// <summary>Does nothing: the events go with the object.</summary>
    public ValueTask DisposeAsync() => default;

    /// <summary>Does nothing: the events go with the object.</summary>
    public void Dispose()
    {
    }

    /// <summary>A store of another environment or service on the same events.</summary>
    internal InMemoryJobEventStore Sharing(NaqEventsOptions options) => new(options, _timeProvider, _log, limits: null);

    private Func<JobEvent, bool> Matches(JobEventFilter? filter)
    {
        var wanted = (filter ?? JobEventFilter.All).Checked();
        return jobEvent => wanted.Matches(jobEvent, _options.Environment, _options.Service);
    }
}
