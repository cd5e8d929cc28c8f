using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>
/// A declaration that breaks a rule, but is right as C#. Without a body the compiler would stop at CS8795 before any analyzer
/// runs, and a build on the command line would never say which rule; so it gets a body that throws.
/// </summary>
internal static class RefusedMethod
{
    /// <summary>The method, or <see langword="null"/> when a body would be wrong too.</summary>
    public static JobEventMethodSpec? Parse(IMethodSymbol method, Problems problems) =>
        problems.AnySilent || !CanHaveBody(method)
            ? null
            : new JobEventMethodSpec
            {
                ContainingType = ContainingTypeParser.Parse(method.ContainingType),
                Kind = JobEventMethodKind.Refused,
                Modifiers = MethodDeclarations.Modifiers(method)!,
                ReturnType = CSharpText.Type(method.ReturnType),
                Name = CSharpText.Identifier(method.Name),
                Event = null,
                Parameters = method.Parameters.Select(Declare).ToImmutableEquatableArray(),
                Message = null,
            };

    private static bool CanHaveBody(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, IsPartialDefinition: true, PartialImplementationPart: null }
        && method is { IsGenericMethod: false, RefKind: RefKind.None, IsAsync: false }
        && (method.ReturnsVoid || MethodDeclarations.HasAccessModifier(method))
        && ContainingTypeParser.FindObstacle(method.ContainingType) is null
        && method.Parameters.All(parameter => IsWritable(parameter.Type) && parameter.RefKind is RefKind.None or RefKind.In)
        && method.Parameters.GroupBy(parameter => parameter.Name, StringComparer.Ordinal).All(same => same.Count() == 1)
        && IsWritable(method.ReturnType);

    private static bool IsWritable(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsWritable(array.ElementType),
        _ => type.TypeKind is not (TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer),
    };

    private static ParameterSpec Declare(IParameterSymbol parameter) => ParameterParser.Declare(
        parameter, ParameterRole.Detail, "", ValueKind.None);
}
