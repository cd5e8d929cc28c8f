namespace Naq.Events.JetStream.JobViews;

/// <summary>Which job an entry of the view is of.</summary>
internal sealed record JobViewJob(string Environment, string Service, string JobId);
