using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>The rules of projects that keep a baseline of their events.</summary>
internal static class BaselineRules
{
    /// <summary>Where a diagnostic carries the lines, parted by line feeds, that the code fix writes.</summary>
    public const string Lines = nameof(Lines);

    public static readonly DiagnosticDescriptor NotInBaseline = Rule(
        "NAQ0040",
        "An event or a field is not in the baseline",
        "'{0}' is not in the baseline; add it to JobEvents.Unshipped.txt");

    public static readonly DiagnosticDescriptor Gone = Rule(
        "NAQ0041",
        "An event or a field of the baseline is gone",
        "'{0}' is in the baseline, but no declaration has it any more: {1}");

    public static readonly DiagnosticDescriptor Retyped = Rule(
        "NAQ0042",
        "A shipped field has another type",
        "'{0}' was shipped as {1} and is now {2}: consumers built before, and events already stored, have {1}");

    public static readonly DiagnosticDescriptor PresenceChanged = Rule(
        "NAQ0043",
        "A shipped field was made required or optional",
        "'{0}' was shipped as {1}: {2}");

    public static readonly DiagnosticDescriptor MalformedLine = Rule(
        "NAQ0044",
        "A line of the baseline is malformed",
        "'{0}' is neither an event ('paid') nor a field of one ('paid.details.amount: decimal', 'paid.queue_name?: string')");

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "Naq.Events", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
