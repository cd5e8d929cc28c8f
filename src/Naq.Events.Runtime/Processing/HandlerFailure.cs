namespace Naq.Events.Processing;

/// <summary>A handler that threw or ran out of time.</summary>
internal sealed record HandlerFailure(string Handler, Exception Exception);
