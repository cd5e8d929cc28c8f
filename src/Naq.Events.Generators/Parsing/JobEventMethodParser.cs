using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;
using Naq.Events.Generators.Parsing.Payloads;

namespace Naq.Events.Generators.Parsing;

/// <summary>Reads a method with <c>[JobEvent]</c>.</summary>
internal static class JobEventMethodParser
{
    public const string AttributeName = "Naq.Events.JobEventAttribute";

    /// <summary>The method to write, or <see langword="null"/> when nothing can be written.</summary>
    public static JobEventMethodSpec? Parse(IMethodSymbol method, AttributeData attribute, Problems problems)
    {
        CheckDeclaration(method, problems);
        CheckContainingTypes(method, problems);
        var kind = ParseShape(method, problems);
        var name = ParseName(attribute, problems);
        if (kind is null || name is null)
            return RefusedMethod.Parse(method, problems);

        var payloads = new PayloadGraph(method);
        var parameters = ParseParameters(method, kind.Value, payloads, problems);
        var message = MessageParser.Parse(method, attribute, parameters, problems);
        if (problems.Any)
            return RefusedMethod.Parse(method, problems);

        return new JobEventMethodSpec
        {
            ContainingType = ContainingTypeParser.Parse(method.ContainingType),
            Kind = kind.Value,
            Modifiers = MethodDeclarations.Modifiers(method)!,
            ReturnType = CSharpText.Type(method.ReturnType),
            Name = CSharpText.Identifier(method.Name),
            Event = name,
            Parameters = parameters.ToImmutableEquatableArray(),
            Message = message,
            Payloads = payloads.Payloads.ToImmutableEquatableArray(),
        };
    }

    private static EventNameSpec? ParseName(AttributeData attribute, Problems problems)
    {
        if (attribute.ConstructorArguments.Length > 0)
            return EventNameParser.Parse(attribute.ConstructorArguments[0], attribute, problems);

        problems.AddSilently();
        return null;
    }

    private static void CheckDeclaration(IMethodSymbol method, Problems problems)
    {
        var demand = (method.IsStatic, MethodDeclarations.IsPartial(method)) switch
        {
            (false, false) => "static partial",
            (false, true) => "static",
            (true, false) => "partial",
            _ when !method.IsPartialDefinition || MethodDeclarations.HasBodyOfItsOwn(method) => "without a body of its own",
            _ when !method.ReturnsVoid && !MethodDeclarations.HasAccessModifier(method) =>
                "given an access modifier, as it returns a value",
            _ => null,
        };

        if (demand is not null)
            problems.Add(Rules.MethodNotPartial, method, method.Name, demand);
    }

    private static void CheckContainingTypes(IMethodSymbol method, Problems problems)
    {
        if (ContainingTypeParser.FindObstacle(method.ContainingType) is var (type, demand))
            problems.Add(Rules.ContainingTypeNotPartial, method, method.Name, type.Name, demand);
    }

    private static JobEventMethodKind? ParseShape(IMethodSymbol method, Problems problems)
    {
        if (method.ReturnType.TypeKind == TypeKind.Error)
        {
            problems.AddSilently();
            return null;
        }

        if (method.IsGenericMethod)
            return Refuse("cannot have type parameters");

        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
            return Refuse("cannot return a reference");

        var logger = method.Parameters.FirstOrDefault(parameter => parameter.Type.IsJobEvents("IJobEventLogger"));
        if (method.ReturnType.IsJobEvents("JobEvent"))
        {
            if (method.ReturnType.IsAnnotated())
                return Refuse("must return JobEvent, not JobEvent?: it always makes an event");

            return logger is null
                ? JobEventMethodKind.Factory
                : Refuse("returns JobEvent, so it makes an event and takes no IJobEventLogger; return void or ValueTask to log it");
        }

        JobEventMethodKind? kind = method.ReturnsVoid ? JobEventMethodKind.Log
            : method.ReturnType.Is("System.Threading.Tasks", "ValueTask") ? JobEventMethodKind.LogAsync
            : null;
        if (kind is null)
            return Refuse("must return JobEvent, or take an IJobEventLogger first and return void or ValueTask");

        if (logger is not { Ordinal: 0 })
            return Refuse("must take an IJobEventLogger as its first parameter, or return JobEvent");

        return logger.RefKind != RefKind.None || logger.Type.IsAnnotated()
            ? Refuse("must take its IJobEventLogger by value and not null")
            : kind;

        JobEventMethodKind? Refuse(string why)
        {
            problems.Add(Rules.WrongShape, method, method.Name, why);
            return null;
        }
    }

    private static List<ParameterSpec> ParseParameters(
        IMethodSymbol method, JobEventMethodKind kind, PayloadGraph payloads, Problems problems)
    {
        var parameters = new List<ParameterSpec>();
        var hasJobId = false;
        foreach (var symbol in method.Parameters)
        {
            if (ParameterParser.Parse(symbol, kind, payloads, problems) is { } parameter)
            {
                foreach (var other in parameters)
                {
                    if (SharedName(parameter, other) is { } jsonName)
                    {
                        problems.AddWithFix(
                            Rules.DuplicateJsonName,
                            symbol,
                            JsonNames.WayOut(parameter, other, method) ?? "",
                            other.Name.TrimStart('@'),
                            symbol.Name,
                            jsonName);
                        break;
                    }
                }

                parameters.Add(parameter);
                hasJobId |= parameter.Role == ParameterRole.JobId;
            }
            else
            {
                // What is wrong with it is reported; that there is none would be said twice.
                hasJobId |= symbol.Name == "jobId";
            }
        }

        if (!hasJobId)
            problems.Add(Rules.NoJobId, method, method.Name);

        return parameters;
    }

    private static string? SharedName(ParameterSpec one, ParameterSpec other) => (one.Role, other.Role) switch
    {
        (ParameterRole.CancellationToken, ParameterRole.CancellationToken) => "the cancellation token",
        (ParameterRole.Exception, ParameterRole.ErrorType or ParameterRole.ErrorMessage) => other.JsonName,
        (ParameterRole.ErrorType or ParameterRole.ErrorMessage, ParameterRole.Exception) => one.JsonName,
        (ParameterRole.Details, ParameterRole.Detail) or (ParameterRole.Detail, ParameterRole.Details) => "details",
        (ParameterRole.Metadata, ParameterRole.MetadataEntry) => "metadata",
        (ParameterRole.MetadataEntry, ParameterRole.Metadata) => "metadata",
        (ParameterRole.Logger, _) or (_, ParameterRole.Logger) => null,
        _ when one.Role != other.Role && (IsEntry(one.Role) || IsEntry(other.Role)) => null,
        _ => one.JsonName == other.JsonName ? one.JsonName : null,
    };

    // Entries have an object of their own to be unique in.
    private static bool IsEntry(ParameterRole role) =>
        role is ParameterRole.Detail or ParameterRole.Tag or ParameterRole.MetadataEntry;
}
