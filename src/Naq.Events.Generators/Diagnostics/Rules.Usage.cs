using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Diagnostics;

/// <content>The rules for what is allowed but hardly meant, and for how events are used.</content>
internal static partial class Rules
{
    /// <summary>Where a diagnostic of a parameter carries the attributes that would settle it, for the code fix.</summary>
    public const string Attributes = nameof(Attributes);

    /// <summary>Where a diagnostic of a parameter carries the member of its type that is meant.</summary>
    public const string Member = nameof(Member);

    /// <summary>Where a diagnostic carries the type that a serializer context should list, for the code fix.</summary>
    public const string Type = nameof(Type);

    public static readonly DiagnosticDescriptor AlmostAField = Rule(
        "NAQ0019",
        "A parameter is named almost like a field",
        "Parameter '{0}' becomes the detail '{1}', but is named almost like '{2}', which fills the field {3}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor UnusedTemplate = Rule(
        "NAQ0020",
        "The message template is never used",
        "The message template of '{0}' is never used, since parameter '{1}' is always given; make it 'string?', or leave one out",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor VisibleSecret = Rule(
        "NAQ0021",
        "What seems secret is logged",
        "{0} seems to be secret, and would be stored as it is: mark it [Redact] or [Hash]",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor DuplicateHandler = Rule(
        "NAQ0022",
        "A handler is there twice",
        "[OnJobEvent] method '{0}' {1}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor BlockingLogger = Rule(
        "NAQ0023",
        "A handler blocks on the logger, the store or the processor",
        "Handler '{0}' blocks its lane with '{1}': the events behind it wait too; {2}",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor BlockingTask = Rule(
        "NAQ0024",
        "A handler blocks on a task",
        "Handler '{0}' blocks on a task with '{1}': await it",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor DiscardedEvent = Rule(
        "NAQ0025",
        "An event is made and not logged",
        "'{0}' only makes an event: nothing is logged unless it is given to a logger",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor UnawaitedLog = Rule(
        "NAQ0026",
        "Nobody awaits that an event is logged",
        "'{0}' may wait for room, and its event may be refused: await it",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor HandlerLoop = Rule(
        "NAQ0027",
        "A handler logs the event it handles",
        "Handler '{0}' logs '{1}', which it handles itself: each event makes another, without end",
        DiagnosticSeverity.Warning);

    public static readonly DiagnosticDescriptor UnreachableHandlerClass = new(
        "NAQ0028",
        "Nothing can make a handler class",
        "Handlers of '{0}' are never called: the class {1}",
        "Naq.Events",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UnlistedType = Rule(
        "NAQ0029",
        "The serializer context does not list a type",
        "Parameter '{0}': {1}");
}
