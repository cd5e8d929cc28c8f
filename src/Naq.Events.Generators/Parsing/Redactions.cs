using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Reads <c>[Redact]</c> and <c>[Hash]</c>.</summary>
internal static class Redactions
{
    /// <summary>What the attributes of a parameter or a member ask for; of both, the one that shows less.</summary>
    public static Redaction Of(ISymbol symbol) =>
        Has(symbol, "RedactAttribute") ? Redaction.Redact
        : Has(symbol, "HashAttribute") ? Redaction.Hash
        : Redaction.None;

    /// <summary>The parameter as its attributes change it. What is redacted is a text on the wire, whatever it was.</summary>
    public static ParameterSpec? Apply(IParameterSymbol symbol, ParameterSpec parameter, Problems problems)
    {
        var redaction = Of(symbol);
        if (redaction == Redaction.None)
            return parameter;

        if (FindObstacle(symbol, parameter, redaction) is not { } obstacle)
            return parameter with { Redaction = redaction, Kind = ValueKind.String };

        problems.Add(Rules.WrongRedaction, symbol, symbol.Name, obstacle);
        return null;
    }

    private static string? FindObstacle(IParameterSymbol symbol, ParameterSpec parameter, Redaction redaction) => parameter.Role switch
    {
        _ when redaction == Redaction.Redact && Has(symbol, "HashAttribute") => "it has both [Redact] and [Hash]",
        _ when redaction == Redaction.Hash && parameter.Payload is { Text: PayloadText.None } =>
            "only a text can be hashed, and its type has none; [Redact] takes any",
        ParameterRole.JobId when redaction == Redaction.Redact =>
            "without its id nobody could tell which job the event belongs to; [Hash] keeps that",
        ParameterRole.Exception =>
            "an exception fills two fields; take errorType and errorMessage in its place and redact the latter",
        ParameterRole.JobId or ParameterRole.WorkerId or ParameterRole.WorkerType or ParameterRole.QueueName => null,
        ParameterRole.Message or ParameterRole.ErrorType or ParameterRole.ErrorMessage => null,
        ParameterRole.RunId or ParameterRole.ParentId or ParameterRole.RootId or ParameterRole.CorrelationId => null,
        ParameterRole.Detail or ParameterRole.Tag or ParameterRole.MetadataEntry => null,
        _ => "it is not a text, a detail, a tag or an entry of metadata, and only in these can another text take its place",
    };

    /// <summary>
    /// What the attributes of a member ask for. Those of a parameter of the constructor, which is where a record's are, count for
    /// the member of that name.
    /// </summary>
    public static Redaction OfMember(ISymbol member)
    {
        var given = Of(member);
        return given != Redaction.None
            ? given
            : member.ContainingType.InstanceConstructors
                .SelectMany(constructor => constructor.Parameters)
                .Where(parameter => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase))
                .Select(Of)
                .FirstOrDefault(redaction => redaction != Redaction.None);
    }

    private static bool Has(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Any(candidate => candidate.AttributeClass.IsJobEvents(attribute));
}
