namespace Naq.Events.JetStream;

/// <summary>The server's own refusal of a JetStream request.</summary>
internal sealed class JetStreamApiException(int code, int errorCode, string description)
    : Exception($"{description} ({code}, error {errorCode})")
{
    /// <summary>The kind of refusal, in the manner of HTTP.</summary>
    public int Code => code;

    /// <summary>The refusal itself, from the server's list (server/errors.json).</summary>
    public int ErrorCode => errorCode;

    public string Description => description;

    /// <summary>Whether the message that was asked for is not there: in a hole of the stream, before its first or after its last one.</summary>
    public bool IsOfMissingMessage => errorCode is JetStreamError.MessageNotFound or JetStreamError.SequenceNotFound
        || (errorCode == JetStreamError.MessageNotDeleted
            && (description.Contains("no message found", StringComparison.OrdinalIgnoreCase)
                || description.Contains("EOF", StringComparison.Ordinal)));
}
