namespace Naq.Events.JetStream.Publishing;

/// <summary>Takes the server's answers, on the thread that reads them. What it is given is gone when it returns.</summary>
internal interface IPublishAnswers
{
    /// <summary>An answer was read; its payload is empty when nobody listens to the event's subject.</summary>
    void Read(int slot, ReadOnlySpan<byte> payload);

    /// <summary>All that had come by now was read.</summary>
    void Pause();
}
