using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Looks into handlers for what stalls their lane, and for events that make themselves.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerBodyAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.BlockingLogger, Rules.BlockingTask, Rules.HandlerLoop];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockStartAction(Start);
    }

    private static void Start(OperationBlockStartAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method
            || Handler(method) is not { } handler)
            return;

        context.RegisterOperationAction(
            operation => BlockingCalls.Report(operation, method.Name), OperationKind.Invocation, OperationKind.PropertyReference);
        context.RegisterOperationAction(operation => ReportLoop(operation, method, handler), OperationKind.Invocation);
    }

    private static Model.HandlerMethodSpec? Handler(IMethodSymbol method)
    {
        var attributes = HandlerParser.AttributesOf(method);
        if (method.Name is "HandleAsync" or "Handle")
            attributes.AddRange(HandlerParser.AttributesOf(method.ContainingType));

        return attributes.Count > 0 ? HandlerParser.ParseMethodOnly(method, attributes, Problems.Unreported()) : null;
    }

    private static void ReportLoop(OperationAnalysisContext context, IMethodSymbol method, Model.HandlerMethodSpec handler)
    {
        var call = (IInvocationOperation)context.Operation;
        if (LoggedEvent(call, method) is not { } token)
            return;

        // With a filter the event logged may be one that the handler passes over.
        var handles = handler.Filters.Any(filter => filter.Conditions.Count == 0
            && (filter.Events.Count == 0 || filter.Events.Any(name => name.Token == token)));
        var handlesOwn = token.Length == 0 && handler.Filters.Any(filter => filter.Conditions.Count == 0);
        if (handles || handlesOwn)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.HandlerLoop, call.Syntax.GetLocation(), method.Name, token.Length == 0 ? "the event it was given" : token));
        }
    }

    /// <summary>The token of the event that a call logs; empty for the event that the handler was given.</summary>
    private static string? LoggedEvent(IInvocationOperation call, IMethodSymbol handler)
    {
        var method = call.TargetMethod;
        if (!EventCalls.IsLogCall(method))
            return method.ReturnsVoid || EventCalls.IsValueTask(method.ReturnType) ? EventCalls.TokenOf(method) : null;

        return call.Arguments.Length == 0 ? null : EventCalls.Unwrap(call.Arguments[0].Value) switch
        {
            IInvocationOperation factory => EventCalls.TokenOf(factory.TargetMethod),
            IParameterReferenceOperation { Parameter: var parameter }
                when SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, handler) => "",
            _ => null,
        };
    }
}
