namespace Naq.Events.JetStream.Publishing;

/// <summary>Publishing stopped, and is to start again after a wait.</summary>
internal sealed class PublishInterruptedException(string reason) : Exception(reason);
