using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Contracts;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>Works out how the values of a declaration's types are written, and which types need a class for it.</summary>
/// <param name="contexts">The serializer contexts for what is not covered here.</param>
internal sealed class PayloadGraph(JsonContexts contexts)
{
    // In the order in which they were begun. A type refers to itself while it is unfinished.
    private readonly List<(string Type, PayloadSpec? Payload)> _payloads = [];

    public PayloadGraph(ISymbol declaration)
        : this(new JsonContexts(declaration))
    {
    }

    /// <summary>The types that need a class.</summary>
    public IEnumerable<PayloadSpec> Payloads => _payloads.Select(entry => entry.Payload).OfType<PayloadSpec>();

    /// <summary>Why the last type was refused, and what to do: "it is an interface; add ...".</summary>
    public string? Problem { get; private set; }

    /// <summary>The line that a serializer context lacks, where that is what is wrong.</summary>
    public UnlistedType? Unlisted { get; private set; }

    public IAssemblySymbol Assembly => contexts.Assembly;

    /// <summary>A use of a type, or <see langword="null"/> with <see cref="Problem"/> when it cannot be written.</summary>
    public PayloadRefSpec? Visit(ITypeSymbol type)
    {
        if (RuntimeTypes.Find(type) is { } known)
            return known;

        // A nullable value type is written by the class of the type beneath.
        var bare = type.WithoutNullable();
        if (!SymbolEqualityComparer.Default.Equals(bare, type))
        {
            return Visit(bare) switch
            {
                null => contexts.Find(type),
                { Source: PayloadSource.Context } =>
                    contexts.Find(type) ?? Refuse(type, "only its type without the question mark is listed"),
                var beneath => beneath with { Type = PayloadNames.TypeOf(type), IsNullableValueType = true },
            };
        }

        return PayloadReasons.WhyNotGenerated(type, this) is { } reason
            ? contexts.Find(type) ?? Refuse(type, reason)
            : VisitGenerated(type);
    }

    /// <summary>A use of a value type that may be absent, or <see langword="null"/> when it cannot be.</summary>
    public PayloadRefSpec? VisitNullable(ITypeSymbol type) => Visit(type) switch
    {
        { Source: PayloadSource.Runtime } known => known with
        {
            Code = known.Code.IndexOf('<') < 0 ? known.Code + "OrNull" : known.Code.Replace("Value<", "ValueOrNull<"),
            IsNullableValueType = true,
        },
        { Source: PayloadSource.Generated } generated => generated with { IsNullableValueType = true },
        _ => null,
    };

    /// <summary>Refuses a type, or the type of a member.</summary>
    public PayloadRefSpec? Refuse(ITypeSymbol type, string reason)
    {
        if (type.IsRefLikeType || type.TypeKind is TypeKind.TypeParameter or TypeKind.Pointer or TypeKind.Dynamic)
            return Refuse(reason);

        Problem = $"{reason}; {contexts.Advice(type)}";
        Unlisted = contexts.Unlisted(type);
        return null;
    }

    /// <summary>Refuses what no serializer context could settle.</summary>
    public PayloadRefSpec? Refuse(string reason)
    {
        Problem = reason;
        Unlisted = null;
        return null;
    }

    /// <summary>Says of which member the problem is.</summary>
    public void Prefix(string member) => Problem = member + Problem;

    private PayloadRefSpec? VisitGenerated(ITypeSymbol type)
    {
        var name = PayloadNames.TypeOf(type);
        var use = new PayloadRefSpec(
            name,
            PayloadSource.Generated,
            $"global::{PayloadNames.NamespaceOf(type)}.{PayloadNames.NameOf(type)}Json",
            type.IsValueType,
            WireType: WireTypeOf(type),
            Text: type.TypeKind == TypeKind.Enum ? PayloadText.EnumName : PayloadText.None,
            IsObject: type.TypeKind != TypeKind.Enum && CollectionTypes.Find(type) is null);
        if (_payloads.Any(entry => entry.Type == name))
            return use;

        var index = _payloads.Count;
        _payloads.Add((name, null));
        if (Parse(type) is { } payload)
        {
            _payloads[index] = (name, payload);
            return use;
        }

        // What was begun for the type's sake is not needed after all.
        _payloads.RemoveRange(index, _payloads.Count - index);
        return contexts.Find(type);
    }

    private static string WireTypeOf(ITypeSymbol type) => RuntimeTypes.Find(type)?.WireType ?? CollectionTypes.Find(type) switch
    {
        { IsDictionary: false, Element: var element } => WireTypeOf(element.WithoutNullable()) + "[]",
        _ => type.TypeKind == TypeKind.Enum ? "enum" : WireType.Object,
    };

    /// <summary>A type as messages show it.</summary>
    public static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private PayloadSpec? Parse(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum)
            return EnumType.Parse((INamedTypeSymbol)type);

        if (CollectionTypes.Find(type) is not { } collection)
            return ObjectType.Parse((INamedTypeSymbol)type, this);

        if (Visit(collection.Element) is not { } element)
        {
            Prefix($"its elements are of type '{Display(collection.Element)}': ");
            return null;
        }

        return new PayloadSpec
        {
            Type = PayloadNames.TypeOf(type),
            Namespace = PayloadNames.NamespaceOf(type),
            Name = PayloadNames.NameOf(type),
            Shape = collection.IsDictionary ? PayloadShape.Dictionary : PayloadShape.Sequence,
            IsValueType = type.IsValueType,
            Element = element,
            FromItems = collection.FromItems,
        };
    }
}
