using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Recognises calls that hold a thread until something else is done.</summary>
internal static class BlockingCalls
{
    public static void Report(OperationAnalysisContext context, string handler)
    {
        switch (context.Operation)
        {
            case IInvocationOperation call when FindAlternative(call.TargetMethod) is { } alternative:
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.BlockingLogger, call.Syntax.GetLocation(), handler, call.TargetMethod.Name, alternative));
                break;

            case IInvocationOperation call when FindTaskWait(call.TargetMethod) is { } wait && !IsComplete(call.Instance):
                context.ReportDiagnostic(Diagnostic.Create(Rules.BlockingTask, call.Syntax.GetLocation(), handler, wait));
                break;

            case IPropertyReferenceOperation { Property: { Name: "Result" } property } result
                when IsTask(property.ContainingType) && !IsComplete(result.Instance):
                context.ReportDiagnostic(Diagnostic.Create(Rules.BlockingTask, result.Syntax.GetLocation(), handler, "Result"));
                break;
        }
    }

    // A ValueTask may not be asked twice, awaited or not.
    private static bool IsComplete(IOperation? task) => task switch
    {
        IInvocationOperation { Instance: { } inner, TargetMethod.Name: "GetAwaiter" or "ConfigureAwait" } => IsComplete(inner),
        { Type.Name: "Task" } => AwaitedTasks.IsAwaitedBefore(task),
        _ => false,
    };

    // What to do in place of a blocking call of the runtime.
    private static string? FindAlternative(IMethodSymbol method) => method.Name switch
    {
        "Flush" when EventCalls.IsOrImplements(method.ContainingType, "IJobEventLogger") => "await FlushAsync",
        "Dispose" when EventCalls.IsOrImplements(method.ContainingType, "IJobEventLogger") => "leave the logger to the host",
        "Start" or "Stop" when method.ContainingType.IsJobEvents("JobEventProcessor") => $"await {method.Name}Async",
        _ when method.ContainingType.IsJobEvents("JobEventStoreBlockingExtensions") =>
            $"use the form of '{method.Name}' that is awaited",
        _ => null,
    };

    private static string? FindTaskWait(IMethodSymbol method) => method.Name switch
    {
        "Wait" or "WaitAll" or "WaitAny" when IsTask(method.ContainingType) => method.Name,
        "GetResult" when IsTaskAwaiter(method.ContainingType) => "GetAwaiter().GetResult()",
        _ => null,
    };

    private static bool IsTaskAwaiter(ITypeSymbol type) =>
        type.Name is "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaiter" or "ConfiguredValueTaskAwaiter"
        && type.ContainingNamespace.ToDisplayString() == "System.Runtime.CompilerServices";

    private static bool IsTask(ITypeSymbol type) =>
        type is { Name: "Task" or "ValueTask" } && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";
}
