using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Finds handler classes that can have no object.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerClassAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.UnreachableHandlerClass];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var suspects = new ConcurrentBag<(INamedTypeSymbol Type, string Why)>();
        var alive = new ConcurrentDictionary<INamedTypeSymbol, bool>(SymbolEqualityComparer.Default);

        context.RegisterSymbolAction(symbol => Classify((INamedTypeSymbol)symbol.Symbol, suspects, alive), SymbolKind.NamedType);
        context.RegisterOperationAction(
            operation => MarkAlive(((IObjectCreationOperation)operation.Operation).Type as INamedTypeSymbol, alive),
            OperationKind.ObjectCreation);
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var (type, why) in suspects)
            {
                if (!alive.ContainsKey(type.OriginalDefinition))
                    end.ReportDiagnostic(Diagnostic.Create(Rules.UnreachableHandlerClass, type.Locations[0], type.Name, why));
            }
        });
    }

    private static void Classify(
        INamedTypeSymbol type,
        ConcurrentBag<(INamedTypeSymbol Type, string Why)> suspects,
        ConcurrentDictionary<INamedTypeSymbol, bool> alive)
    {
        if (type is { TypeKind: TypeKind.Class, BaseType: { } parent })
            MarkAlive(parent, alive);

        if (type is not { TypeKind: TypeKind.Class, IsStatic: false } || !HasHandlers(type))
            return;

        // An abstract class of a library may be derived from elsewhere.
        if (type.IsAbstract && !IsVisibleOutside(type))
            suspects.Add((type, "is abstract, and no class derives from it"));
        else if (!type.IsAbstract && type.InstanceConstructors.All(IsPrivate))
            suspects.Add((type, "has private constructors only, and does not make itself"));
    }

    private static void MarkAlive(INamedTypeSymbol? type, ConcurrentDictionary<INamedTypeSymbol, bool> alive)
    {
        if (type is not null)
            alive[type.OriginalDefinition] = true;
    }

    private static bool HasHandlers(INamedTypeSymbol type) =>
        HandlerParser.AttributesOf(type).Count > 0
        || type.GetMembers().OfType<IMethodSymbol>().Any(method => HandlerParser.AttributesOf(method).Count > 0);

    private static bool IsPrivate(IMethodSymbol constructor) => constructor.DeclaredAccessibility == Accessibility.Private;

    private static bool IsVisibleOutside(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility
                is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }
}
