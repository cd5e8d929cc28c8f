namespace Naq.Events.Generators;

/// <summary>The names of the pipeline's steps, by which tests see what was cached.</summary>
internal static class StepNames
{
    public const string JobEventMethods = nameof(JobEventMethods);

    public const string JobEventTypes = nameof(JobEventTypes);

    public const string EventDescriptions = nameof(EventDescriptions);

    public const string EventShapes = nameof(EventShapes);

    public const string EventCatalog = nameof(EventCatalog);

    public const string HandlerMethods = nameof(HandlerMethods);

    public const string HandlerClasses = nameof(HandlerClasses);

    public const string Payloads = nameof(Payloads);

    public const string JsonContext = nameof(JsonContext);
}
