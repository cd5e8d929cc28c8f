using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>The rules for declarations of events and handlers. Ids are never reused; each has a page in docs/rules.</summary>
internal static partial class Rules
{
    /// <summary>Where a placeholder's diagnostic carries the name that was probably meant, for the code fix.</summary>
    public const string Suggestion = nameof(Suggestion);

    public static readonly DiagnosticDescriptor MethodNotPartial = Rule(
        "NAQ0001",
        "An event method must be static partial, without a body",
        "[JobEvent] method '{0}' must be {1}");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = Rule(
        "NAQ0002",
        "The types around an event method must be partial",
        "[JobEvent] method '{0}' is in '{1}', which must be {2}");

    public static readonly DiagnosticDescriptor WrongShape = Rule(
        "NAQ0003",
        "An event method must be a factory or a logger method",
        "[JobEvent] method '{0}' {1}");

    public static readonly DiagnosticDescriptor NoJobId = Rule(
        "NAQ0004",
        "An event method needs a jobId parameter",
        "[JobEvent] method '{0}' has no parameter 'string jobId', which every event needs");

    public static readonly DiagnosticDescriptor InvalidEventName = Rule(
        "NAQ0005",
        "The event name is invalid",
        "{0}");

    public static readonly DiagnosticDescriptor UnknownPlaceholder = Rule(
        "NAQ0006",
        "The message names a parameter that does not exist",
        "The message has a placeholder '{{{0}}}', but method '{1}' has no such parameter{2}");

    public static readonly DiagnosticDescriptor MalformedTemplate = Rule(
        "NAQ0007",
        "The message template is malformed",
        "The message template is malformed: {0}");

    public static readonly DiagnosticDescriptor InvalidFormat = Rule(
        "NAQ0008",
        "The format specifier does not suit the parameter",
        "The placeholder '{{{0}:{1}}}' has a format that type '{2}' does not have");

    public static readonly DiagnosticDescriptor UnsupportedParameter = Rule(
        "NAQ0009",
        "The type of an event parameter is not supported",
        "Parameter '{0}': {1}");

    public static readonly DiagnosticDescriptor DuplicateJsonName = Rule(
        "NAQ0010",
        "Two parameters have one JSON name",
        "Parameters '{0}' and '{1}' both fill '{2}'");

    public static readonly DiagnosticDescriptor WrongHandler = Rule(
        "NAQ0011",
        "An event handler must return void, Task or ValueTask",
        "[OnJobEvent] method '{0}' {1}");

    public static readonly DiagnosticDescriptor HandlerClassNotPartial = Rule(
        "NAQ0012",
        "A handler class must be a partial class",
        "'{0}' has [OnJobEvent] handlers, so '{1}' must be {2}");

    public static readonly DiagnosticDescriptor UnsupportedHandlerParameter = Rule(
        "NAQ0013",
        "A handler parameter cannot be bound",
        "Handler parameter '{0}': {1}");

    public static readonly DiagnosticDescriptor NoHandleMethod = Rule(
        "NAQ0014",
        "A handler class needs one Handle or HandleAsync method",
        "[OnJobEvent] is on class '{0}', which must then have exactly one method named HandleAsync or Handle; it has {1}");

    public static readonly DiagnosticDescriptor WrongRedaction = Rule(
        "NAQ0015",
        "A parameter cannot be redacted or hashed",
        "Parameter '{0}' cannot be redacted: {1}");

    public static readonly DiagnosticDescriptor InvalidFilter = Rule(
        "NAQ0016",
        "A filter of a handler is malformed",
        "The filter '{0}' {1}; a '*' may only stand at its start or end");

    public static readonly DiagnosticDescriptor UnreachableInheritedHandler = Rule(
        "NAQ0017",
        "An inherited handler cannot be reached",
        "Handlers of '{0}' do not include '{1}', which is private in its base class '{2}'; make it protected",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor NoHandler = Rule(
        "NAQ0018",
        "A class of inherited handlers has none",
        "[JobEventHandlers] is on class '{0}', which neither has nor inherits a handler");

    public static readonly DiagnosticDescriptor InvalidPolicy = Rule(
        "NAQ0036",
        "A handler's policy is out of range",
        "'{0}' {1}");

    private static DiagnosticDescriptor Rule(
        string id, string title, string message, DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
        new(id, title, message, "Naq.Events", severity, isEnabledByDefault: true);
}
