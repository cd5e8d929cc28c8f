namespace Naq.Events.Processing;

/// <summary>A handler that threw, ran out of time, or asked for another try or none.</summary>
/// <param name="Handler">Its name.</param>
/// <param name="Exception">What it threw.</param>
internal sealed record HandlerFailure(string Handler, Exception? Exception);
