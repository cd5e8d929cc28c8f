using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Recognises calls that make, log or wait for events.</summary>
internal static class EventCalls
{
    /// <summary>The wire token of the event that a declared method makes or logs.</summary>
    public static string? TokenOf(IMethodSymbol method)
    {
        // An extension method called on its receiver has a symbol without its first parameter, and without attributes.
        var declared = (method.ReducedFrom ?? method).OriginalDefinition;
        var attribute = declared.GetAttributes().FirstOrDefault(a => a.AttributeClass.IsJobEvents("JobEventAttribute"));
        return attribute is { ConstructorArguments: [var name, ..] }
            ? EventNameParser.Parse(name, attribute, Problems.Unreported())?.Token
            : null;
    }

    /// <summary>Whether the call is <c>Log</c> or <c>LogAsync</c> of a logger, with an event.</summary>
    public static bool IsLogCall(IMethodSymbol method) =>
        method is { Name: "Log" or "LogAsync", Parameters.Length: > 0 }
        && method.Parameters[0].Type.IsJobEvents("JobEvent")
        && IsOrImplements(method.ContainingType, "IJobEventLogger");

    /// <summary>Whether a type is one of the runtime's, or implements it.</summary>
    public static bool IsOrImplements(ITypeSymbol? type, string name) =>
        type is not null && (type.IsJobEvents(name) || type.AllInterfaces.Any(implemented => implemented.IsJobEvents(name)));

    public static bool IsValueTask(ITypeSymbol? type) =>
        type is { Name: "ValueTask" } && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";

    /// <summary>The expression within conversions.</summary>
    public static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
            operation = conversion.Operand;

        return operation;
    }
}
