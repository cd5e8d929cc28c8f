using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>
/// Tells tasks that a method has already awaited, whose result is there. Only what is sure counts: a local or a parameter, and an
/// await that is a statement of its own, before, in the same block or one around it.
/// </summary>
internal static class AwaitedTasks
{
    public static bool IsAwaitedBefore(IOperation? task)
    {
        if (task is null || VariableOf(task) is not { } variable)
            return false;

        for (var (child, parent) = (task, task.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            // Nobody knows when a function within the method runs.
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;

            if (parent is IBlockOperation block && IsAwaitedBefore(child, block, variable))
                return true;
        }

        return false;
    }

    private static bool IsAwaitedBefore(IOperation statement, IBlockOperation block, ISymbol variable)
    {
        var earlier = block.Operations.TakeWhile(operation => operation != statement).LastOrDefault(
            operation => AwaitedBy(operation) is { } awaited && TasksOf(awaited).Any(task => Is(variable, task)));

        // To the end of the statement: in a loop what comes later comes before, too.
        return earlier is not null
            && !IsAssigned(block, TextSpan.FromBounds(earlier.Syntax.Span.End, statement.Syntax.Span.End), variable);
    }

    private static IOperation? AwaitedBy(IOperation statement)
    {
        var expression = statement switch
        {
            IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } => assignment.Value,
            IExpressionStatementOperation { Operation: var operation } => operation,
            IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [var only] }] } => only.GetVariableInitializer()?.Value,
            _ => null,
        };
        return expression is not null && EventCalls.Unwrap(expression) is IAwaitOperation wait ? wait.Operation : null;
    }

    /// <summary>The tasks that are complete when an awaited expression is.</summary>
    private static IEnumerable<IOperation> TasksOf(IOperation awaited) => EventCalls.Unwrap(awaited) switch
    {
        IInvocationOperation { Instance: { } task, TargetMethod.Name: "ConfigureAwait" or "WaitAsync" } => TasksOf(task),
        IInvocationOperation { TargetMethod: { Name: "WhenAll", IsStatic: true }, Arguments: [var tasks] } => ElementsOf(tasks.Value),
        var task => [task],
    };

    private static ImmutableArray<IOperation> ElementsOf(IOperation tasks) => EventCalls.Unwrap(tasks) switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        ICollectionExpressionOperation collection => collection.Elements,
        _ => [],
    };

    private static bool IsAssigned(IBlockOperation block, TextSpan span, ISymbol variable)
    {
        IOperation method = block;
        while (method.Parent is { } parent)
            method = parent;

        return method.Descendants().Any(operation =>
            (span.Contains(operation.Syntax.SpanStart) || IsWithinFunction(operation)) && Assigns(operation, variable));
    }

    private static bool Assigns(IOperation operation, ISymbol variable) => operation switch
    {
        IAssignmentOperation assignment => assignment.Target.DescendantsAndSelf().Any(target => Is(variable, target)),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => Is(variable, argument.Value),
        _ => false,
    };

    private static bool IsWithinFunction(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return true;
        }

        return false;
    }

    private static bool Is(ISymbol variable, IOperation operation) =>
        SymbolEqualityComparer.Default.Equals(variable, VariableOf(EventCalls.Unwrap(operation)));

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        _ => null,
    };
}
