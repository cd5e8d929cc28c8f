using System.Globalization;
using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Diagnostics;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Parsing;

/// <summary>Reads what the attributes of a handler, or else of its class, say about its time, its calls and its failures.</summary>
internal static class HandlerPolicyParser
{
    private const int MostAttempts = 1_000;
    private const int MostCalls = 10_000;
    private const double LeastSeconds = 0.001;
    private const double MostSeconds = 86_400;

    /// <summary>What they say; <see langword="null"/> when there are none.</summary>
    public static HandlerPolicySpec? Parse(IMethodSymbol method, Problems problems)
    {
        var retry = Find(method, "RetryAttribute");
        var timeout = Find(method, "HandlerTimeoutAttribute");
        var concurrency = Find(method, "HandlerConcurrencyAttribute");
        var neverRetry = Find(method, "NeverRetryAttribute");
        var dropOn = Find(method, "DropOnAttribute");
        if (retry is null && timeout is null && concurrency is null && neverRetry is null && dropOn is null)
            return null;

        return new HandlerPolicySpec(
            retry is null ? null : ParseRetry(retry, problems),
            timeout is null ? null : Seconds(timeout, "Seconds", timeout.ConstructorArguments.FirstOrDefault(), problems),
            concurrency is null ? null : Calls(concurrency, problems),
            Exceptions(neverRetry, problems),
            Exceptions(dropOn, problems));
    }

    private static AttributeData? Find(IMethodSymbol method, string name) => Find((ISymbol)method, name) ?? Find(method.ContainingType, name);

    private static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.IsJobEvents(name));

    private static HandlerRetrySpec? ParseRetry(AttributeData attribute, Problems problems)
    {
        if (attribute.ConstructorArguments.FirstOrDefault().Value is not int attempts)
        {
            problems.AddSilently();
            return null;
        }

        if (attempts is < 1 or > MostAttempts)
            Refuse(problems, attribute, "maxAttempts", $"is {attempts}, and must be between 1 and 1,000");

        return new HandlerRetrySpec(
            attempts,
            Seconds(attribute, "DelaySeconds", Named(attribute, "DelaySeconds"), problems),
            Seconds(attribute, "MaxDelaySeconds", Named(attribute, "MaxDelaySeconds"), problems),
            Backoff(attribute, problems));
    }

    private static TypedConstant Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;

    private static double? Seconds(AttributeData attribute, string name, TypedConstant value, Problems problems)
    {
        if (value.Value is not double seconds)
            return null;

        if (seconds is >= LeastSeconds and <= MostSeconds)
            return seconds;

        var written = seconds.ToString(CultureInfo.InvariantCulture);
        Refuse(problems, attribute, name, $"is {written}, and must be between 0.001 and 86,400");
        return null;
    }

    private static int? Calls(AttributeData attribute, Problems problems)
    {
        if (attribute.ConstructorArguments.FirstOrDefault().Value is not int calls)
        {
            problems.AddSilently();
            return null;
        }

        if (calls is < 1 or > MostCalls)
            Refuse(problems, attribute, "calls", $"is {calls}, and must be between 1 and 10,000");

        return calls;
    }

    private static string? Backoff(AttributeData attribute, Problems problems)
    {
        var value = Named(attribute, "Backoff");
        if (value.Kind != TypedConstantKind.Enum)
            return null;

        var member = value.Type!.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value.Value));
        if (member is null)
            Refuse(problems, attribute, "Backoff", $"is {value.Value}, which is none of its values");

        return member?.Name;
    }

    private static ImmutableEquatableArray<string> Exceptions(AttributeData? attribute, Problems problems)
    {
        var types = attribute?.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? array.Values.Select(value => value.Value as ITypeSymbol)
            : [];
        var names = new List<string>();
        foreach (var type in types)
        {
            if (type is null or { TypeKind: TypeKind.Error })
                problems.AddSilently();
            else if (!IsException(type) || type is INamedTypeSymbol { IsUnboundGenericType: true })
                Refuse(problems, attribute!, "exceptions", $"names {type.Name}, which is not a type of exception");
            else
                names.Add(CSharpText.Type(type));
        }

        return names.ToImmutableEquatableArray();
    }

    private static bool IsException(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Is("System", "Exception"))
                return true;
        }

        return false;
    }

    private static void Refuse(Problems problems, AttributeData attribute, string argument, string why) =>
        problems.Add(Rules.InvalidPolicy, () => AttributeSyntaxes.Locate(attribute), null, argument, why);
}
