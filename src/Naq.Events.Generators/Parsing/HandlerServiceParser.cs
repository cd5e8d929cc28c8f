using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Reads handler parameters with <c>[FromServices]</c>.</summary>
internal static class HandlerServiceParser
{
    public static bool IsService(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(attribute => attribute.AttributeClass.IsJobEvents("FromServicesAttribute"));

    public static HandlerArgumentSpec? Parse(IParameterSymbol parameter, Problems problems)
    {
        if (!parameter.Type.IsReferenceType || parameter.Type is IDynamicTypeSymbol)
        {
            problems.Add(
                Rules.UnsupportedHandlerParameter, parameter, parameter.Name, "a service is an object, so its type must be a class or an interface");
            return null;
        }

        var type = CSharpText.Type(parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
        var isOptional = parameter.Type.IsAnnotated() || parameter.HasExplicitDefaultValue;
        return new HandlerArgumentSpec(
            HandlerArgumentSource.Service,
            Property: type,
            Absence: isOptional ? HandlerArgumentAbsence.IsNull : HandlerArgumentAbsence.Throws);
    }
}
