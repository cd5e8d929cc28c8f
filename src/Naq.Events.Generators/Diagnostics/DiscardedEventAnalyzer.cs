using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Finds events that are made and dropped, and log calls whose end nobody awaits.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DiscardedEventAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.DiscardedEvent, Rules.UnawaitedLog];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.ExpressionStatement);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var statement = EventCalls.Unwrap(((IExpressionStatementOperation)context.Operation).Operation);

        // An event assigned to _ is dropped on purpose; a wait that is dropped is a mistake either way.
        var isDiscard = false;
        if (statement is ISimpleAssignmentOperation { Target: IDiscardOperation } assignment)
        {
            isDiscard = true;
            statement = EventCalls.Unwrap(assignment.Value);
        }

        switch (statement)
        {
            case IObjectCreationOperation creation when !isDiscard && creation.Type.IsJobEvents("JobEvent"):
                Report(Rules.DiscardedEvent, "new JobEvent");
                break;

            case IInvocationOperation call when !isDiscard && IsFactory(call.TargetMethod):
                Report(Rules.DiscardedEvent, call.TargetMethod.Name);
                break;

            case IInvocationOperation call when IsWaitingLog(call.TargetMethod):
                Report(Rules.UnawaitedLog, call.TargetMethod.Name);
                break;
        }

        void Report(DiagnosticDescriptor rule, string name) =>
            context.ReportDiagnostic(Diagnostic.Create(rule, statement.Syntax.GetLocation(), name));
    }

    private static bool IsFactory(IMethodSymbol method) =>
        method.ReturnType.IsJobEvents("JobEvent") && EventCalls.TokenOf(method) is not null;

    private static bool IsWaitingLog(IMethodSymbol method) =>
        EventCalls.IsValueTask(method.ReturnType)
        && (EventCalls.TokenOf(method) is not null
            || (method.Name is "LogAsync" or "FlushAsync"
                && EventCalls.IsOrImplements(method.ContainingType, "IJobEventLogger")));
}
