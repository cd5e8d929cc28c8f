using Naq.Events.Processing;

namespace Naq.Events;

/// <summary>One try of an event by one handler: what is known of it, and what the handler decides about it.</summary>
public sealed class JobEventContext
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    private CancellationTokenSource? _time;

    internal JobEventContext(IServiceProvider services, in HandlerDelivery delivery)
    {
        Services = services;
        Processor = delivery.Processor;
        Delivery = delivery.Attempt;
        FirstSeen = delivery.FirstSeen;
        EventId = delivery.Event.Id;
        Sequence = delivery.Event.Sequence;
    }

    /// <summary>The services of this delivery.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The durable processor's name, or <see langword="null"/> for a live one.</summary>
    public string? Processor { get; }

    /// <summary>Which try of the event this is, from 1.</summary>
    public int Delivery { get; }

    /// <summary>When this process was first given the event, by its own clock; a process that takes it over begins anew.</summary>
    public DateTimeOffset FirstSeen { get; }

    /// <summary>The event's id: the same in every try, and in a replay of a dead letter.</summary>
    public Guid EventId { get; }

    /// <summary>The event's sequence in its stream.</summary>
    public ulong Sequence { get; }

    /// <summary>The wait that the handler asked for.</summary>
    internal TimeSpan? RetryDelay { get; private set; }

    /// <summary>Why the handler does not want the event.</summary>
    internal string? Rejection { get; private set; }

    /// <summary>
    /// Has the event come to this handler again, after a while, also when the handler returns without an exception. It counts as a
    /// try: after the last one the event is a dead letter. When the handler throws, the wait is this one too.
    /// </summary>
    /// <param name="delay">The wait, zero to one day.</param>
    /// <exception cref="ArgumentOutOfRangeException">The wait is negative or longer than a day.</exception>
    /// <exception cref="InvalidOperationException">The processor is a live one, which tries an event once.</exception>
    public void RetryAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, LongestTime);
        ThrowIfLive();
        RetryDelay = delay;
    }

    /// <summary>
    /// Makes the event a dead letter when the handler ends, without another try; its other handlers run. It goes before
    /// <see cref="RetryAfter"/>.
    /// </summary>
    /// <param name="reason">Why, for those who look after dead letters.</param>
    /// <exception cref="ArgumentException">The reason is empty.</exception>
    /// <exception cref="InvalidOperationException">The processor is a live one, which has no dead letters.</exception>
    public void DeadLetter(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ThrowIfLive();
        Rejection = reason;
    }

    /// <summary>Gives the handler this much time from now on, in place of what is left of it.</summary>
    /// <param name="time">The time, up to one day.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than a day.</exception>
    /// <exception cref="InvalidOperationException">The handler's time is up, or it has ended.</exception>
    public void ExtendTimeout(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, LongestTime);
        if (_time is { } running)
        {
            lock (running)
            {
                if (_time is not null && !running.IsCancellationRequested)
                {
                    running.CancelAfter(time);
                    return;
                }
            }
        }

        throw new InvalidOperationException("The handler's time is up, or it has ended: call ExtendTimeout while it runs.");
    }

    internal void Begin(CancellationTokenSource time) => _time = time;

    /// <summary>From here on the time is that of another handler: one that is left behind cannot change it.</summary>
    internal void End()
    {
        if (_time is { } running)
        {
            lock (running)
                _time = null;
        }
    }

    private void ThrowIfLive()
    {
        if (Processor is null)
        {
            throw new InvalidOperationException(
                "A live processor tries an event once and has no dead letters: give it a name, JobEventProcessorOptions.Name.");
        }
    }
}
