using Naq.Events.Hosting;

namespace Naq.Events;

/// <summary>How a processor handles events.</summary>
public sealed class JobEventProcessorOptions
{
    private JobEventOrdering? _ordering;

    /// <summary>
    /// The durable name: processors of one name share the work, and go on where they left off. <see langword="null"/>, the
    /// default, makes a live processor: it handles what is stored while it runs.
    /// </summary>
    [ServerName("billing", Optional = true)]
    public string? Name { get; set; }

    /// <summary>The most events handled at once; 10 by default, 1 to 10,000.</summary>
    [NumberRange(1, 10_000)]
    public int MaxConcurrentHandlers { get; set; } = 10;

    /// <summary>
    /// How long one handler may take, unless <see cref="HandlerTimeoutAttribute"/> says otherwise; 30 seconds by default. Its token is then cancelled, and if it does not end it is left
    /// behind. One that blocks its thread cannot be: it holds one of the <see cref="MaxConcurrentHandlers"/> until it returns.
    /// </summary>
    [DurationRange("00:00:00.001", "1.00:00:00")]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a durable processor is given one event before it becomes a dead letter; 5 by default, 1 to 1,000. The event itself
    /// stays in the store too. A live processor tries once. A delivery to a process that was killed, or stopped while a handler
    /// ran, counts, save that a stop does not use up the last of several; one that is given back untried does not.
    /// </summary>
    [NumberRange(1, 1_000)]
    public int MaxDeliver { get; set; } = 5;

    /// <summary>The wait before the first new delivery; 1 second by default. It doubles with each, up to a minute.</summary>
    [DurationRange("00:00:00.001", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The most calls of one handler at once, unless <see cref="HandlerConcurrencyAttribute"/> says otherwise; only <see cref="MaxConcurrentHandlers"/> limits them by
    /// default; 1 to 10,000. An event whose handler has as many keeps no other from being handled: up to 10,000 wait in hand. A call that is left
    /// behind after its time counts until it returns.
    /// </summary>
    [NumberRange(1, 10_000)]
    public int? HandlerConcurrency { get; set; }

    /// <summary>
    /// Which events are handled one after the other; those of one job, in their order, by default, or what the <see cref="OrderingAttribute"/> of all handler
    /// classes says. An event has one place in the order, whichever handlers it goes to.
    /// </summary>
    public JobEventOrdering Ordering
    {
        get => _ordering ?? JobEventOrdering.PerJob;
        set => _ordering = value;
    }

    /// <summary>Whether the options say which events are handled one after the other, and handler classes may not.</summary>
    internal bool IsOrderingSet => _ordering is not null;

    /// <summary>
    /// With <see cref="JobEventOrdering.PerKey"/>: the name of the detail, or else tag, or else metadata entry of which events with the same value are handled one after
    /// the other.
    /// </summary>
    [OrderingKey]
    public string? OrderingKey { get; set; }

    /// <summary>
    /// Into how many shares the jobs of a processor with <see cref="JobEventOrdering.PerJobAcrossInstances"/> are divided, which its processes take by turns; 1 by default, at most 64.
    /// A share is handled by one process at a time, with <see cref="MaxConcurrentHandlers"/> of its own. It has to be the same in all processes of the name, and for as long as
    /// the name keeps its position: <see cref="JobEventProcessor.SkipToAsync"/>, called while they are stopped, sets another. Each share reads every event. A store in memory has one process, which has all.
    /// </summary>
    [NumberRange(1, 64)]
    [Shares]
    public int Shares { get; set; } = 1;

    /// <summary>
    /// What later events of a job, or of what else <see cref="Ordering"/> says, do while one of its events waits for its next try: they wait behind it by default.
    /// Waiting events do not hold up others: up to 10,000 are in hand, and, where the order is that of jobs, any number beyond that in the store.
    /// </summary>
    public JobEventRetryOrder OnRetry { get; set; }

    /// <summary>
    /// What later events of a job do after one of its events became a dead letter of a durable processor: they go on by default, or are
    /// parked behind it in the store, as many as there are, until it is replayed or discarded.
    /// </summary>
    [DeadLetterOrder]
    public JobEventDeadLetterOrder OnDeadLetter { get; set; }

    /// <summary>The most events that wait for their next try in hand, or by a delay of the server.</summary>
    internal int MostWaiting { get; set; } = 10_000;

    /// <summary>
    /// Exceptions that another try would only bring again, those derived from them included: the event becomes a dead letter at once.
    /// None by default; <see cref="NeverRetryAttribute"/> says so for one handler.
    /// </summary>
    public IList<Type> NeverRetry { get; } = [];

    /// <summary>
    /// Exceptions that mean that there is nothing to do, those derived from them included: the handler is done with the event, which
    /// is logged as a warning. None by default; <see cref="DropOnAttribute"/> says so for one handler. They go before
    /// <see cref="NeverRetry"/>.
    /// </summary>
    public IList<Type> DropOn { get; } = [];

    /// <summary>
    /// Whether a handler counts as done only when the server has confirmed that it knows, so that the next event of the job does not begin before
    /// that; no by default. It costs the time of a request for each event. What the server does not confirm in time is delivered again, and the next event begins meanwhile.
    /// </summary>
    public bool ConfirmAcknowledgements { get; set; }

    /// <summary>
    /// How long a durable processor remembers in the store which handler was done with which event, by the event's id, so that none runs
    /// again: after a crash, in another process, or when a dead letter is replayed. None by default; 1 second to 365 days. It costs two requests
    /// for each handler of each event. A process that dies after a handler's effect and before the record runs it again.
    /// </summary>
    [DurationRange("00:00:01", "365.00:00:00")]
    public TimeSpan? IdempotencyWindow { get; set; }

    /// <summary>Where a durable processor begins when its name is new; <see cref="JobEventStart.Beginning"/> by default.</summary>
    public JobEventStart Start { get; set; } = JobEventStart.Beginning;

    /// <summary>The services whose events are handled: its own when <see langword="null"/>, the default, every one for <c>*</c>.</summary>
    [SubjectToken(Wildcard = JobEventFilter.AllServices)]
    public string? Service { get; set; }

    /// <summary>
    /// How long a durable processor's process may give no sign of life before what it has in hand is delivered to another of the name, or to the next; 30 seconds by default, 3
    /// seconds to an hour. It is the consumer's <c>ack_wait</c>, which all processors of the name share: the last to start sets it. A handler may take longer, since its process
    /// says so in time. With <see cref="JobEventOrdering.PerJobAcrossInstances"/> another process takes over after half of it.
    /// </summary>
    [DurationRange("00:00:03", "01:00:00")]
    public TimeSpan AckWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stop waits for running handlers; 10 seconds by default. What is not done is given back.</summary>
    [DurationRange("00:00:00", "1.00:00:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How old the oldest event in hand may be before <see cref="JobEventProcessorHealthCheck"/> says degraded; 5 minutes by default.
    /// </summary>
    [DurationRange("00:00:01", "365.00:00:00")]
    public TimeSpan DegradedLag { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long events may wait without one coming or being done with, or the server may be silent, before
    /// <see cref="JobEventProcessorHealthCheck"/> says unhealthy; 2 minutes by default. Let it be longer than a handler may take.
    /// </summary>
    [DurationRange("00:00:15", "1.00:00:00")]
    public TimeSpan UnhealthyAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Told of events that the stream's limits, or deletion, had removed before they were delivered. It is called from the thread that reads: return soon, and do not throw.
    /// </summary>
    public Action<JobEventsLost>? OnEventsLost { get; set; }
}
