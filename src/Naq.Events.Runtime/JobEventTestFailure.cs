namespace Naq.Events;

/// <summary>A handler that was not done with an event in a <see cref="JobEventTestHarness"/>.</summary>
/// <param name="Handler">The handler, such as <c>OrderHandlers.OnPaid</c>.</param>
/// <param name="Exception">What it threw; <see langword="null"/> when it asked for another try, or for none, by its context.</param>
public sealed record JobEventTestFailure(string Handler, Exception? Exception);
