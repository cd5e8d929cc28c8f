namespace Naq.Events.JetStream;

/// <summary>The server did not answer a request in time, or nobody listens to it.</summary>
internal sealed class NoAnswerException(string request, bool nobodyListens)
    : Exception(nobodyListens ? $"nobody listens to {request}" : $"no answer to {request}")
{
    public string Request => request;

    /// <summary>Whether the server said at once that nobody listens: JetStream is not there, or not there yet.</summary>
    public bool NobodyListens => nobodyListens;
}
