using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Diagnostics;

/// <content>The rules for runs of jobs.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor UndisposedJobScope = Rule(
        "NAQ0035",
        "A job scope is never disposed",
        "The scope of this job is never disposed: its end may not be logged, and what follows is logged as part of it; add 'using'",
        DiagnosticSeverity.Warning);
}
