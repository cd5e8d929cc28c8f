using System.ComponentModel;
using Naq.Events.CompilerServices;

namespace Naq.Events;

/// <summary>
/// Logs job events. A log call puts the event into a bounded buffer and returns: it never waits on the network, save for room under
/// <see cref="JobEventOverflow.Wait"/>, and never throws because of its data. Safe from any thread; events logged by one thread reach the store in that order.
/// </summary>
public interface IJobEventLogger
{
    /// <summary>Logs an event. When the buffer is full, <see cref="JobEventLoggerOptions.Overflow"/> decides what is dropped.</summary>
    /// <param name="jobEvent">The event.</param>
    void Log(JobEvent jobEvent);

    /// <summary>Logs an event, waiting for room in the buffer when it is full. It does not wait for the store.</summary>
    /// <param name="jobEvent">The event.</param>
    /// <param name="cancellationToken">Ends the wait for room; the event is then not logged.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    ValueTask LogAsync(JobEvent jobEvent, CancellationToken cancellationToken = default);

    /// <summary>Waits until every event logged before this call is stored, or could not be.</summary>
    /// <param name="cancellationToken">Ends the wait; the events stay buffered.</param>
    /// <returns>What was stored and what was left.</returns>
    ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>The blocking form of <see cref="FlushAsync"/>; it cannot deadlock under a synchronization context.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>What was stored and what was left when the time was up.</returns>
    FlushResult Flush(TimeSpan timeout);

    /// <summary>Starts an event whose members the caller writes. For generated code.</summary>
    /// <param name="jobId">The job's id.</param>
    /// <param name="eventName">The event's wire token.</param>
    /// <param name="timestamp">When it happened; the logger's clock when <see langword="null"/>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    JobEventWriter BeginEvent(string? jobId, ReadOnlySpan<byte> eventName, DateTimeOffset? timestamp = null);

    /// <summary>Logs a written event without waiting. For generated code.</summary>
    /// <param name="writer">The writer that <see cref="BeginEvent"/> returned.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void Log(ref JobEventWriter writer);

    /// <summary>Logs a written event, waiting for room. For generated code.</summary>
    /// <param name="writer">The writer that <see cref="BeginEvent"/> returned.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ValueTask LogAsync(ref JobEventWriter writer, CancellationToken cancellationToken = default);
}
