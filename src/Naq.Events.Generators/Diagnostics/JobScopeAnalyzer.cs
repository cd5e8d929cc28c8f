using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>NAQ0035: finds job scopes that nobody disposes. One that leaves the method is somebody else's to dispose.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JobScopeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.UndisposedJobScope];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "BeginJob" || !call.TargetMethod.ContainingType.IsJobEvents("JobEventLoggerExtensions"))
            return;

        if (IsDropped(call))
            context.ReportDiagnostic(Diagnostic.Create(Rules.UndisposedJobScope, call.Syntax.GetLocation()));
    }

    /// <summary>Whether the value ends where it stands, without having been disposed or handed on.</summary>
    private static bool IsDropped(IOperation value)
    {
        switch (value.Parent)
        {
            case IConversionOperation or IParenthesizedOperation or ICoalesceOperation or IConditionalOperation:
                return IsDropped(value.Parent);

            // logger?.BeginJob("a") is worth what stands behind the question mark; job?.Complete() has the scope before it.
            case IConditionalAccessOperation access:
                return value == access.WhenNotNull ? IsDropped(access) : access.WhenNotNull is not IInvocationOperation called || !Disposes(called.TargetMethod);

            case IExpressionStatementOperation:
                return true;

            case IInvocationOperation call when call.Instance == value:
                return !Disposes(call.TargetMethod);

            // A delegate of job.Dispose is made to be called.
            case IMethodReferenceOperation method:
                return !Disposes(method.Method);

            case IMemberReferenceOperation:
            case IBinaryOperation or IIsPatternOperation or IIsTypeOperation:
                return true;

            case ISimpleAssignmentOperation assignment when assignment.Value == value:
                return IsDroppedFrom(assignment);

            case ISimpleAssignmentOperation:
                return true;

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return !IsUsed(declarator) && IsDropped(declarator.Symbol, declarator);

            default:
                return false;
        }
    }

    private static bool IsDroppedFrom(ISimpleAssignmentOperation assignment) => assignment.Target switch
    {
        IDiscardOperation => true,
        ILocalReferenceOperation local => IsDropped(local.Local, assignment),
        _ => false,
    };

    private static bool IsDropped(ILocalSymbol local, IOperation from)
    {
        var body = from;
        while (body.Parent is not null)
            body = body.Parent;

        // The place it is assigned at says nothing of what becomes of it.
        return body.Descendants()
            .OfType<ILocalReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local))
            .All(IsDropped);
    }

    private static bool IsUsed(IVariableDeclaratorOperation declarator)
    {
        for (var parent = declarator.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IUsingDeclarationOperation || (parent is IUsingOperation @using && IsWithin(declarator, @using.Resources)))
                return true;

            if (parent is IBlockOperation)
                return false;
        }

        return false;
    }

    private static bool IsWithin(IOperation operation, IOperation outer) => outer.DescendantsAndSelf().Contains(operation);

    private static bool Disposes(IMethodSymbol method) => method.Name is "Dispose" or "DisposeAsync";
}
