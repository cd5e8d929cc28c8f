using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>Event methods as the rules about contracts see them: those that keep the other rules.</summary>
internal static class EventMethods
{
    /// <summary>The declaration, or <see langword="null"/> when the method declares no event or breaks a rule.</summary>
    public static JobEventMethodSpec? Parse(IMethodSymbol method)
    {
        if (method.PartialDefinitionPart is not null)
            return null;

        var attribute = method.GetAttributes().FirstOrDefault(a => a.AttributeClass.IsJobEvents("JobEventAttribute"));
        return attribute is null ? null : JobEventMethodParser.Parse(method, attribute, Problems.Unreported());
    }

    /// <summary>Where a parameter of a declaration stands, or the method for what has no parameter.</summary>
    public static Location Locate(IMethodSymbol method, ParameterSpec? parameter)
    {
        ISymbol? symbol = parameter is null
            ? null
            : method.Parameters.FirstOrDefault(candidate => CSharpText.Identifier(candidate.Name) == parameter.Name);
        return (symbol ?? method).Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;
    }
}
