using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>The constructor that reading calls.</summary>
internal sealed class ObjectConstructor
{
    private readonly IMethodSymbol? _method;

    private ObjectConstructor(IMethodSymbol? method) => _method = method;

    /// <summary>Whether it sets what is required by itself.</summary>
    public bool SetsRequiredMembers => _method?.GetAttributes().Any(attribute =>
        attribute.AttributeClass.Is("System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute")) == true;

    /// <summary>Chooses as System.Text.Json does: the marked one, the one without parameters, or the only one.</summary>
    public static ObjectConstructor? Find(INamedTypeSymbol type, IAssemblySymbol from, out string? problem)
    {
        problem = null;
        var constructors = type.InstanceConstructors
            .Where(constructor => PayloadReasons.IsAccessible(constructor, from) && !IsCopy(constructor, type)).ToList();
        var marked = type.InstanceConstructors
            .Where(constructor => JsonAttributes.Has(constructor, "JsonConstructorAttribute")).ToList();
        if (marked.Count > 0)
        {
            if (marked.Count == 1 && constructors.Contains(marked[0], SymbolEqualityComparer.Default))
                return new ObjectConstructor(marked[0]);

            problem = "its [JsonConstructor] is not the only one, or is not visible throughout the assembly";
            return null;
        }

        var open = constructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        if (type.IsValueType || open.FirstOrDefault(constructor => constructor.Parameters.IsEmpty) is not null)
            return new ObjectConstructor(null);

        if (open.Count == 1)
            return new ObjectConstructor(open[0]);

        problem = open.Count == 0
            ? "it has no public constructor; mark one with [JsonConstructor]"
            : "it has several constructors, all with parameters; mark one with [JsonConstructor]";
        return null;
    }

    /// <summary>Whether a parameter takes a member's value.</summary>
    public bool Takes(ISymbol member) => _method?.Parameters.Any(parameter => IsFor(parameter, member)) == true;

    /// <summary>The arguments, or <see langword="null"/> with the parameter that no member is for.</summary>
    public List<PayloadArgumentSpec>? Arguments(List<ObjectMember> members, out string? unmatched)
    {
        unmatched = null;
        var arguments = new List<PayloadArgumentSpec>();
        foreach (var parameter in _method?.Parameters ?? [])
        {
            var index = members.FindIndex(member => IsFor(parameter, member.Symbol));
            if (index < 0 && _method!.ContainingType.GetMembers().All(member => !IsFor(parameter, member)))
            {
                unmatched = parameter.Name;
                return null;
            }

            arguments.Add(new PayloadArgumentSpec(index, PayloadNames.ConstantOf(parameter)));
        }

        return arguments;
    }

    private static bool IsFor(IParameterSymbol parameter, ISymbol member) =>
        member is IPropertySymbol or IFieldSymbol { IsImplicitlyDeclared: false }
        && string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(parameter.Type, ObjectMember.TypeOf(member));

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) => type.IsRecord
        && constructor.Parameters is [{ Type: var parameter }] && SymbolEqualityComparer.Default.Equals(parameter, type);
}
