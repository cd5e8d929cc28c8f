using System.Globalization;
using System.Text;
using Naq.Events.Processing;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>A delivery; its outcome goes to the message's reply subject (ADR-15).</summary>
internal sealed class JetStreamDelivery(DeliverySession session, string subject, string replyTo, ulong messageSequence) : JobEventDelivery
{
    private static readonly byte[] Acknowledgement = "+ACK"u8.ToArray();
    private static readonly byte[] InProgress = "+WPI"u8.ToArray();
    private static readonly byte[] ImmediateRetry = "-NAK"u8.ToArray();

    private bool _hasOutcome;
    private string? _lastTry;

    /// <summary>Hands a message back that nobody will handle.</summary>
    public static ValueTask GiveBackAsync(INatsConnection connection, string replyTo, CancellationToken cancellationToken) =>
        SendAsync(connection, replyTo, ImmediateRetry, cancellationToken);

    /// <summary>The same, and returns when the server has taken it, and all that were sent before it.</summary>
    public static async ValueTask GiveBackAndWaitAsync(INatsConnection connection, string replyTo, CancellationToken cancellationToken) =>
        _ = await connection.RequestAsync<byte[], byte[]>(
            replyTo,
            ImmediateRetry,
            requestSerializer: NatsRawSerializer<byte[]>.Default,
            replySerializer: NatsRawSerializer<byte[]>.Default,
            replyOpts: new NatsSubOpts { ThrowIfNoResponders = false },
            cancellationToken: cancellationToken).ConfigureAwait(false);

    /// <summary>Is done with a message that is not for who got it.</summary>
    public static ValueTask PassOverAsync(INatsConnection connection, string replyTo, CancellationToken cancellationToken) =>
        SendAsync(connection, replyTo, Acknowledgement, cancellationToken);

    /// <summary>Starts the time of a message again that somebody is going to handle.</summary>
    public static ValueTask KeepAsync(INatsConnection connection, string replyTo, CancellationToken cancellationToken) =>
        SendAsync(connection, replyTo, InProgress, cancellationToken);

    /// <summary>Whether the acknowledgement is waited for until the server has it.</summary>
    public TimeSpan? ConfirmsWithin { get; init; }

    /// <summary>What is to be done before the acknowledgement.</summary>
    public Func<CancellationToken, ValueTask>? OnAcknowledged { get; init; }

    public override ValueTask<bool> TryBeginLastAsync(int most, CancellationToken cancellationToken) =>
        TryBeginLastAsync(session.Stream, messageSequence, this, most, cancellationToken);

    /// <summary>Before the handlers begin with the last try of what this delivers, which may be another event.</summary>
    public async ValueTask<bool> TryBeginLastAsync(
        string stream, ulong sequence, JobEventDelivery delivery, int most, CancellationToken cancellationToken)
    {
        // A note for each event, where the first try is the last, would cost more than what it tells.
        if (most == 1)
            return delivery.Attempt <= most;

        // Before it is noted: a stop may come in between.
        _lastTry = LastTries.NameOf(stream, sequence);
        if (await session.LastTries.TryBeginAsync(_lastTry, delivery, most, cancellationToken).ConfigureAwait(false))
            return true;

        _lastTry = null;
        return false;
    }

    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken) =>
        OnAcknowledged is null && ConfirmsWithin is null ? EndAsync(Acknowledgement, cancellationToken) : EndFullyAsync(cancellationToken);

    public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => EndAsync(
        delay <= TimeSpan.Zero
            ? ImmediateRetry
            : Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"-NAK {{\"delay\": {StreamSettings.Nanoseconds(delay)}}}")),
        cancellationToken);

    public override void GiveBack()
    {
        if (!_hasOutcome)
            session.Left.Add(new LeftDelivery(messageSequence, replyTo, IsTried, _lastTry));
    }

    public override async ValueTask<bool> WaitElsewhereAsync(TimeSpan delay, int tried, CancellationToken cancellationToken)
    {
        await session.DeadLetters.WaitAsync(
            session.Processor, session.Stream, messageSequence, this, subject, delay, tried, cancellationToken).ConfigureAwait(false);
        await TerminateAsync("It waits for its next try.", cancellationToken).ConfigureAwait(false);
        return true;
    }

    public override ValueTask ExtendAsync(CancellationToken cancellationToken) =>
        KeepAsync(session.Connection, replyTo, cancellationToken);

    public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken) =>
        session.DeadLetters.AddAsync(session.Processor, session.Stream, messageSequence, this, subject, reason, cancellationToken);

    public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) =>
        EndAsync(Encoding.UTF8.GetBytes($"+TERM {reason.ReplaceLineEndings(" ")}"), cancellationToken);

    private async ValueTask EndFullyAsync(CancellationToken cancellationToken)
    {
        if (OnAcknowledged is not null)
            await OnAcknowledged(cancellationToken).ConfigureAwait(false);

        if (ConfirmsWithin is not { } timeout)
        {
            await EndAsync(Acknowledgement, cancellationToken).ConfigureAwait(false);
            return;
        }

        _hasOutcome = true;
        var reply = await session.Connection.RequestAsync<byte[], byte[]>(
            replyTo,
            Acknowledgement,
            requestSerializer: NatsRawSerializer<byte[]>.Default,
            replySerializer: NatsRawSerializer<byte[]>.Default,
            replyOpts: new NatsSubOpts { Timeout = timeout, ThrowIfNoResponders = false },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        if (reply.HasNoResponders)
            throw new NoAnswerException(replyTo, nobodyListens: true);
    }

    private ValueTask EndAsync(byte[] outcome, CancellationToken cancellationToken)
    {
        _hasOutcome = true;
        return SendAsync(session.Connection, replyTo, outcome, cancellationToken);
    }

    private static ValueTask SendAsync(
        INatsConnection connection, string replyTo, byte[] outcome, CancellationToken cancellationToken) =>
        connection.PublishAsync(replyTo, outcome, serializer: NatsRawSerializer<byte[]>.Default, cancellationToken: cancellationToken);
}
