using System.Collections.Concurrent;
using Naq.Events.Processing;

namespace Naq.Events.JetStream;

/// <summary>The parked events of one job, one after the other. Its message in the work queue stays there until the last is done with.</summary>
/// <param name="deadLetters">Where they are.</param>
/// <param name="processor">The processor.</param>
/// <param name="release">The message's sequence in the work queue.</param>
/// <param name="message">Its delivery.</param>
/// <param name="first">The first of them.</param>
internal sealed class JetStreamParkedDelivery(
    JetStreamDeadLetters deadLetters, string processor, ulong release, JetStreamDelivery message, RawMessage first) : JobEventDelivery
{
    private RawMessage _parked = first;

    public override bool WaitsInHand => true;

    private string JobId => Event!.JobId;

    public override bool IsSameAs(JobEventDelivery again) => again is JetStreamParkedDelivery;

    public override ValueTask<bool> TryBeginLastAsync(int most, CancellationToken cancellationToken) =>
        message.TryBeginLastAsync(deadLetters.Dead, _parked.Sequence, this, most, cancellationToken);

    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken) =>
        deadLetters.UnparkAsync(_parked.Sequence, cancellationToken);

    public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) => AcknowledgeAsync(cancellationToken);

    public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => message.RetryAsync(delay, cancellationToken);

    public override async ValueTask<bool> WaitElsewhereAsync(TimeSpan delay, int tried, CancellationToken cancellationToken)
    {
        await deadLetters.WaitAsync(processor, deadLetters.Dead, _parked.Sequence, this, _parked.Subject, delay, tried, cancellationToken)
            .ConfigureAwait(false);
        await AcknowledgeAsync(cancellationToken).ConfigureAwait(false);

        // It is before what is parked now: the delivery ends.
        return !await MoveNextAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask ExtendAsync(CancellationToken cancellationToken) => message.ExtendAsync(cancellationToken);

    public override void GiveBack()
    {
        if (IsTried)
            message.Begin();

        message.GiveBack();
    }

    public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken) => deadLetters.AddAsync(
        processor, deadLetters.Dead, _parked.Sequence, this, _parked.Subject, reason, cancellationToken);

    public override async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        var job = JetStreamDeadLetters.JobOf(_parked.Subject);
        if (await deadLetters.NextReleasedAsync(processor, job, cancellationToken).ConfigureAwait(false) is { } next
            && deadLetters.Read(processor, next) is { Event: { } jobEvent } parked)
        {
            _parked = next;
            BeginAnother(jobEvent, parked.EventSequence);
            return true;
        }

        await EndAsync(deadLetters, processor, release, message, JobId, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>Begins with the first that is parked of a job; nothing when there is none, or something is before it.</summary>
    public static async ValueTask<JetStreamParkedDelivery?> OpenAsync(
        JetStreamDeadLetters deadLetters,
        string processor,
        ulong release,
        string subject,
        JetStreamDelivery message,
        CancellationToken cancellationToken)
    {
        var job = JetStreamDeadLetters.JobOf(subject);
        if (await deadLetters.NextReleasedAsync(processor, job, cancellationToken).ConfigureAwait(false) is { } first
            && deadLetters.Read(processor, first) is { Event: { } jobEvent } parked)
        {
            return new JetStreamParkedDelivery(deadLetters, processor, release, message, first)
            {
                Event = jobEvent,
                Sequence = parked.EventSequence,
                Delivery = message.Delivery,
                Untried = message.Untried,
                MayHaveKilled = message.MayHaveKilled,
                IsReplay = true,
            };
        }

        if (Serialization.JobEventSubject.TryDecodeJobId(job, out var jobId))
            await EndAsync(deadLetters, processor, release, message, jobId, cancellationToken).ConfigureAwait(false);

        return null;
    }

    private static async ValueTask EndAsync(
        JetStreamDeadLetters deadLetters,
        string processor,
        ulong release,
        JetStreamDelivery message,
        string jobId,
        CancellationToken cancellationToken)
    {
        await deadLetters.EndReplayAsync(processor, release, jobId, cancellationToken).ConfigureAwait(false);
        await message.AcknowledgeAsync(cancellationToken).ConfigureAwait(false);
    }
}
