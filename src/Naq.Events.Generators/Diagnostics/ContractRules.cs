using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>
/// The rules that hold producers and consumers of an event against each other. They are warnings: who writes to the stream is
/// not always known at compile time.
/// </summary>
internal static class ContractRules
{
    /// <summary>What to do about an <see cref="OptionalParameter"/>.</summary>
    public const string MakeItNullable = "make it nullable or give it a default";

    public static readonly DiagnosticDescriptor ConflictingShape = Rule(
        "NAQ0030",
        "An event is declared with another type for a field",
        "Event '{0}' has '{1}' as {2} here and as {3} in {4}: no reader can expect both");

    public static readonly DiagnosticDescriptor UncarriedParameter = Rule(
        "NAQ0031",
        "A handler parameter is carried by no declaration of its events",
        "Handler parameter '{0}': no declaration of {1} carries '{2}'{3}");

    public static readonly DiagnosticDescriptor MismatchedParameter = Rule(
        "NAQ0032",
        "A handler parameter has another type than the event carries",
        "Handler parameter '{0}': event '{1}' carries '{2}' as {3}, which a parameter of type {4} does not read");

    public static readonly DiagnosticDescriptor OptionalParameter = Rule(
        "NAQ0033",
        "A handler parameter that needs a value is bound to what may be absent",
        "Handler parameter '{0}' needs a value, but event '{1}' may come without '{2}'; {3}");

    public static readonly DiagnosticDescriptor UndeclaredEvent = Rule(
        "NAQ0034",
        "A handler is for an event that nobody declares",
        "No declaration known here is of event '{0}'{1}",
        DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Rule(
        string id, string title, string message, DiagnosticSeverity severity = DiagnosticSeverity.Warning) =>
        new(id, title, message, "Naq.Events", severity, isEnabledByDefault: true);
}
