using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>The serializer contexts that a declaration may use: those of its types, then those of its assembly.</summary>
internal sealed class JsonContexts
{
    // typeof takes no annotations.
    private static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.MinimallyQualifiedFormat
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly ISymbol _declaration;
    private List<INamedTypeSymbol>? _contexts;

    public JsonContexts(ISymbol declaration) => _declaration = declaration;

    /// <summary>The assembly that the generated code will be in.</summary>
    public IAssemblySymbol Assembly => _declaration.ContainingAssembly;

    /// <summary>A use of a type that a context lists, or <see langword="null"/> when none does.</summary>
    public PayloadRefSpec? Find(ITypeSymbol type)
    {
        var bare = type.WithoutNullable();
        foreach (var context in All)
        {
            if (Lists(context, type))
            {
                return new PayloadRefSpec(
                    PayloadNames.TypeOf(type),
                    PayloadSource.Context,
                    CSharpText.Type(context),
                    type.IsValueType,
                    !SymbolEqualityComparer.Default.Equals(bare, type));
            }
        }

        return null;
    }

    /// <summary>The line that would make a type known.</summary>
    public string Advice(ITypeSymbol type)
    {
        var line = $"[JsonSerializable(typeof({type.ToDisplayString(Short)}))]";
        return All.Count > 0
            ? $"add {line} to {All[0].Name}"
            : $"add {line} to a JsonSerializerContext, and [assembly: JobEventJsonContext(typeof(TheContext))]";
    }

    /// <summary>The context that should list a type that none does; <see langword="null"/> where no context is named.</summary>
    public UnlistedType? Unlisted(ITypeSymbol type) =>
        All.Count > 0 ? new UnlistedType(All[0], PayloadNames.TypeOf(type)) : null;

    // Most declarations have only simple types and never ask.
    private List<INamedTypeSymbol> All => _contexts ??= Collect();

    private List<INamedTypeSymbol> Collect()
    {
        var contexts = new List<INamedTypeSymbol>();
        for (var type = _declaration.ContainingType; type is not null; type = type.ContainingType)
            Add(contexts, type);

        Add(contexts, Assembly);
        return contexts;
    }

    private void Add(List<INamedTypeSymbol> contexts, ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass.IsJobEvents("JobEventJsonContextAttribute")
                && attribute.ConstructorArguments is [{ Value: INamedTypeSymbol { TypeKind: TypeKind.Class } context }]
                && PayloadReasons.IsAccessible(context, Assembly))
            {
                contexts.Add(context);
            }
        }
    }

    private static bool Lists(INamedTypeSymbol context, ITypeSymbol type) => context.GetAttributes().Any(attribute =>
        attribute.AttributeClass.Is("System.Text.Json.Serialization", "JsonSerializableAttribute")
        && attribute.ConstructorArguments is [{ Value: ITypeSymbol listed }]
        && SymbolEqualityComparer.Default.Equals(listed, type));
}
