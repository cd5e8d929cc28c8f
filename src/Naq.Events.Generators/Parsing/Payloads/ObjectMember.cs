using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing.Payloads;

/// <summary>A property or field of a payload type.</summary>
internal sealed record ObjectMember(ISymbol Symbol, PayloadMemberSpec Spec)
{
    /// <summary>Properties and fields in the order of System.Text.Json: those of a base type come last.</summary>
    public static IEnumerable<ISymbol> Candidates(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (INamedTypeSymbol? current = type;
            current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) };
            current = current.BaseType)
        {
            var properties = current.GetMembers().OfType<IPropertySymbol>()
                .Where(property => property is { IsStatic: false, IsIndexer: false, RefKind: RefKind.None }
                    && property.ExplicitInterfaceImplementations.IsEmpty && IsMarkedOrPublic(property));
            var fields = current.GetMembers().OfType<IFieldSymbol>()
                .Where(field => field is { IsStatic: false, IsConst: false, IsImplicitlyDeclared: false } && IsIncluded(field));
            foreach (var member in properties.Concat<ISymbol>(fields))
            {
                // What hides or overrides a member of a base type stands for it.
                if (names.Add(member.Name))
                    yield return member;
            }
        }
    }

    /// <summary>The members of a type as its class writes and reads them; none of what is not an object.</summary>
    public static IEnumerable<(ISymbol Symbol, PayloadMemberSpec Spec)> Of(ITypeSymbol type, PayloadSpec payload) =>
        payload.Shape != PayloadShape.Object
            ? []
            : from symbol in Candidates((INamedTypeSymbol)type)
              join member in payload.Members on CSharpText.Identifier(symbol.Name) equals member.Name
              select (symbol, member);

    public static ITypeSymbol TypeOf(ISymbol member) => (member as IPropertySymbol)?.Type ?? ((IFieldSymbol)member).Type;

    /// <summary>The member, or <see langword="null"/> when it is left out, or when it failed and with it the type.</summary>
    public static ObjectMember? Parse(
        ISymbol symbol, INamedTypeSymbol owner, PayloadGraph graph, ObjectConstructor constructor, out bool failed)
    {
        failed = false;
        var type = TypeOf(symbol);
        var (omission, isRead) = JsonAttributes.IgnoreOf(symbol);
        if (omission == PayloadOmission.Always && !isRead)
            return null;

        var get = Getter(symbol, graph.Assembly);
        var setting = isRead ? SettingOf(symbol, owner, graph.Assembly, constructor) : PayloadSetting.None;
        if (!get)
            omission = PayloadOmission.Always;

        if (omission == PayloadOmission.Always && setting == PayloadSetting.None)
        {
            failed = IsIncluded(symbol);
            return failed
                ? Fail($"its member '{symbol.Name}' has [JsonInclude] but is not visible throughout the assembly")
                : null;
        }

        failed = true;
        if (JsonAttributes.FindUnsupported(symbol) is { } attribute)
            return Fail($"its member '{symbol.Name}' has {attribute}, which only System.Text.Json honours");

        var redaction = Redactions.OfMember(symbol);
        if (redaction != Redaction.None && type.SpecialType != SpecialType.System_String)
        {
            // A context knows nothing of the attribute, and would show what it hides.
            _ = graph.Refuse(
                $"its member '{symbol.Name}' has [{redaction}] and is no string, so nobody could read what stands in its place");
            return null;
        }

        if (graph.Visit(type) is not { } value)
        {
            // The member's own reason is the better one; the advice is about the member's type.
            graph.Prefix($"its member '{symbol.Name}' is of type '{PayloadGraph.Display(type)}': ");
            return null;
        }

        failed = false;
        return new ObjectMember(symbol, new PayloadMemberSpec(
            CSharpText.Identifier(symbol.Name),
            JsonAttributes.TextOf(symbol, "JsonPropertyNameAttribute") ?? SnakeCase.From(symbol.Name),
            value,
            omission == PayloadOmission.WhenNull && value is { IsValueType: true, IsNullableValueType: false }
                ? PayloadOmission.Never : omission,
            setting,
            IsRequired(symbol, constructor),
            redaction));

        ObjectMember? Fail(string reason)
        {
            _ = graph.Refuse(owner, reason);
            return null;
        }
    }

    private static PayloadSetting SettingOf(
        ISymbol symbol, INamedTypeSymbol owner, IAssemblySymbol from, ObjectConstructor constructor)
    {
        if (constructor.Takes(symbol))
            return PayloadSetting.Constructed;

        if (symbol is IFieldSymbol field)
            return field.IsReadOnly || !PayloadReasons.IsAccessible(field, from) ? PayloadSetting.None : Plain(field.IsRequired);

        var property = (IPropertySymbol)symbol;
        if (property.SetMethod is not { } set || !IsOpen(set, symbol, from))
            return PayloadSetting.None;

        if (!set.IsInitOnly)
            return Plain(property.IsRequired);

        return owner.IsRecord && !property.IsRequired ? PayloadSetting.Copied : PayloadSetting.Initialized;

        static PayloadSetting Plain(bool isRequired) => isRequired ? PayloadSetting.Initialized : PayloadSetting.Assigned;
    }

    private static bool Getter(ISymbol symbol, IAssemblySymbol from) => symbol switch
    {
        IPropertySymbol property => property.GetMethod is { } get && IsOpen(get, symbol, from),
        _ => PayloadReasons.IsAccessible(symbol, from),
    };

    private static bool IsOpen(IMethodSymbol accessor, ISymbol symbol, IAssemblySymbol from) =>
        accessor.DeclaredAccessibility == Accessibility.Public
        || (IsIncluded(symbol) && PayloadReasons.IsAccessible(accessor, from));

    private static bool IsRequired(ISymbol symbol, ObjectConstructor constructor) =>
        JsonAttributes.Has(symbol, "JsonRequiredAttribute")
        || (symbol is (IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
            && !constructor.SetsRequiredMembers);

    private static bool IsMarkedOrPublic(IPropertySymbol property) =>
        property.DeclaredAccessibility == Accessibility.Public || IsIncluded(property);

    private static bool IsIncluded(ISymbol symbol) => JsonAttributes.Has(symbol, "JsonIncludeAttribute");
}
