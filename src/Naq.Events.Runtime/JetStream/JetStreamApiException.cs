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
}
