using System.Globalization;
using System.Text;
using Naq.Events.Processing;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>A delivery; its outcome goes to the message's reply subject (ADR-15).</summary>
internal sealed class JetStreamDelivery(
    INatsConnection connection, string replyTo, Func<JobEventDelivery, DeadLetterReason, CancellationToken, ValueTask> keep) : JobEventDelivery
{
    private static readonly byte[] Acknowledgement = "+ACK"u8.ToArray();
    private static readonly byte[] InProgress = "+WPI"u8.ToArray();
    private static readonly byte[] ImmediateRetry = "-NAK"u8.ToArray();

    /// <summary>Hands a message back that nobody will handle.</summary>
    public static ValueTask GiveBackAsync(INatsConnection connection, string replyTo, CancellationToken cancellationToken) =>
        SendAsync(connection, replyTo, ImmediateRetry, cancellationToken);

    public override ValueTask AcknowledgeAsync(CancellationToken cancellationToken) =>
        SendAsync(connection, replyTo, Acknowledgement, cancellationToken);

    public override ValueTask RetryAsync(TimeSpan delay, CancellationToken cancellationToken) => SendAsync(
        connection,
        replyTo,
        delay <= TimeSpan.Zero
            ? ImmediateRetry
            : Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"-NAK {{\"delay\": {StreamSettings.Nanoseconds(delay)}}}")),
        cancellationToken);

    public override ValueTask ExtendAsync(CancellationToken cancellationToken) =>
        SendAsync(connection, replyTo, InProgress, cancellationToken);

    public override ValueTask DeadLetterAsync(DeadLetterReason reason, CancellationToken cancellationToken) =>
        keep(this, reason, cancellationToken);

    public override ValueTask TerminateAsync(string reason, CancellationToken cancellationToken) =>
        SendAsync(connection, replyTo, Encoding.UTF8.GetBytes($"+TERM {reason.ReplaceLineEndings(" ")}"), cancellationToken);

    private static ValueTask SendAsync(
        INatsConnection connection, string replyTo, byte[] outcome, CancellationToken cancellationToken) =>
        connection.PublishAsync(replyTo, outcome, serializer: NatsRawSerializer<byte[]>.Default, cancellationToken: cancellationToken);
}
