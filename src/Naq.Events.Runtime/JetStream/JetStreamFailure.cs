using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>What went wrong, in words that say what to do.</summary>
internal static class JetStreamFailure
{
    /// <summary>A connection could not be opened.</summary>
    public static JobEventStoreException OfConnecting(Exception exception, string address) => exception switch
    {
        JobEventStoreException known => known,
        UriFormatException or ArgumentException => new(
            $"'{address}' is not the address of a NATS server: use one such as nats://localhost:4222, or several divided by commas.",
            exception),
        _ when Find<NatsServerException>(exception) is { } refusal => new(
            $"The NATS server at {address} refuses the connection: {refusal.Error}. Check the user and password, token or "
            + "credentials in the address or in the connection's options.",
            exception),
        _ when Find<TimeoutException>(exception) is not null => new(
            $"No NATS server answered at {address} in time. Check the address and the network, and that it is a NATS server.",
            exception),
        _ when exception.InnerException is null => new(
            $"No NATS server can be reached at {address}. Start one there (nats-server -js), or give the address of one that runs.",
            exception),
        _ => new(
            $"The connection to the NATS server at {address} could not be opened: {exception.InnerException.Message} Check that it is "
            + "a NATS server, and the TLS settings on both sides.",
            exception),
    };

    /// <summary>A request failed, after the connection was opened.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="address">The server's.</param>
    /// <param name="purpose">What was wanted, as in "the stream 'x' cannot be read".</param>
    /// <returns>The exception to throw; <see langword="null"/> when it is none of the store's.</returns>
    public static JobEventStoreException? OfRequest(Exception exception, string address, string purpose) => exception switch
    {
        JobEventStoreException known => known,
        NoAnswerException { NobodyListens: true } => new(
            $"{purpose}: JetStream does not answer on the NATS server at {address}. Enable it (nats-server -js, or a jetstream block in "
            + "the server's configuration); in a cluster that is starting, try again in a moment.",
            exception),
        NoAnswerException silence => new(
            $"{purpose}: the NATS server at {address} did not answer in time. It may be down or overloaded, or this user may not "
            + $"publish to {silence.Request}.",
            exception),
        JetStreamApiException { ErrorCode: JetStreamError.StreamNotFound } => new(
            $"{purpose}: the stream is not on the NATS server at {address} any more. It was removed after this store had started; "
            + "start again to create it.",
            exception),
        JetStreamApiException { ErrorCode: JetStreamError.NotEnabled or JetStreamError.NotEnabledForAccount } => new(
            $"{purpose}: JetStream is not enabled for this account on the NATS server at {address}. Add \"jetstream: enabled\" to the "
            + "account in the server's configuration.",
            exception),
        JetStreamApiException { ErrorCode: JetStreamError.MessageNotDeleted or JetStreamError.PurgeFailed } forbidden
            when forbidden.Description.Contains("not permitted", StringComparison.OrdinalIgnoreCase) => new(
            $"{purpose}: the stream was made with {(forbidden.ErrorCode == JetStreamError.PurgeFailed ? "deny_purge" : "deny_delete")}, and keeps "
            + "what it has until its limits remove it. The setting cannot be taken back: only a new stream allows it.",
            exception),
        JetStreamApiException refusal => new(
            $"{purpose}: the NATS server at {address} refuses: {refusal.Description} (error {refusal.ErrorCode}).", exception),
        PullBrokenException => new($"{purpose}: {exception.Message} (NATS server at {address}).", exception),
        NatsException => new($"{purpose}: {exception.Message} (NATS server at {address}).", exception),
        _ => null,
    };

    /// <summary>Whether trying again can help: the server is away, silent or short of something for now.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PullBrokenException or NoAnswerException or NatsNoReplyException or NatsTimeoutException => true,
        JetStreamApiException refusal => refusal.Code == 503 || refusal.ErrorCode == JetStreamError.InsufficientResources,
        NatsConnectionFailedException => false,
        NatsException => true,
        _ => false,
    };

    private static TException? Find<TException>(Exception? exception)
        where TException : Exception
    {
        while (exception is not null and not TException)
            exception = exception.InnerException;

        return (TException?)exception;
    }
}
