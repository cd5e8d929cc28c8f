namespace Naq.Events.JetStream.JobViews;

/// <summary>Where the view has come to.</summary>
/// <param name="Epoch">Which build of the view it is, from 1; a view that is built again has keys of its own.</param>
/// <param name="Stream">The stream it is of: tells it from one of the same name that was made after this was removed.</param>
/// <param name="Sequence">Every event up to here is in the view.</param>
/// <param name="Owner">The projector that keeps it; <see langword="null"/> when it has stopped.</param>
internal sealed record JobViewPosition(long Epoch, string Stream, ulong Sequence, string? Owner);
