using Naq.Events.Generators.Emission.Payloads;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>Prints the arguments of the call of a handler.</summary>
internal static class HandlerArgumentEmitter
{
    private const string Binder = "global::Naq.Events.CompilerServices.JobEventBinder";

    public static string Emit(HandlerArgumentSpec argument) => argument.Source switch
    {
        HandlerArgumentSource.Event => "jobEvent",
        HandlerArgumentSource.Context => "context",
        HandlerArgumentSource.CancellationToken => "cancellationToken",
        HandlerArgumentSource.Property => $"jobEvent.{argument.Property}",
        HandlerArgumentSource.OptionalProperty => argument.Absence == HandlerArgumentAbsence.Throws
            ? $"{Binder}.Required(jobEvent.{argument.Property}, {CSharpText.Literal(argument.JsonName)}, jobEvent)"
            : OrDefault(argument, $"jobEvent.{argument.Property}"),
        HandlerArgumentSource.Duration => argument.Absence == HandlerArgumentAbsence.Throws
            ? $"{Binder}.GetDuration(jobEvent)"
            : OrDefault(argument, $"{Binder}.GetDurationOrNull(jobEvent)"),
        _ when argument.Payload is { } payload => Payload(argument, payload),
        HandlerArgumentSource.Service => argument.Absence == HandlerArgumentAbsence.Throws
            ? $"{Binder}.GetService<{argument.Property}>(context)"
            : $"{Binder}.GetServiceOrNull<{argument.Property}>(context)",
        _ => argument.Absence == HandlerArgumentAbsence.Throws
            ? $"{Binder}.Get{argument.Kind}(jobEvent, {CSharpText.Literal(argument.JsonName)})"
            : OrDefault(argument, $"{Binder}.Get{argument.Kind}OrNull(jobEvent, {CSharpText.Literal(argument.JsonName)})"),
    };

    private static string Payload(HandlerArgumentSpec argument, PayloadRefSpec payload)
    {
        var method = argument.Source == HandlerArgumentSource.EntryOrDetails && payload.Source == PayloadSource.Generated
            ? "GetEntryOrDetails" : "Get";
        var arguments = $"(jobEvent, {CSharpText.Literal(argument.JsonName)}, {PayloadCode.ReaderArgument(payload)})";
        return argument.Absence == HandlerArgumentAbsence.Throws
            ? $"{Binder}.{method}{arguments}"
            : OrDefault(argument, $"{Binder}.{method}OrNull{arguments}");
    }

    private static string OrDefault(HandlerArgumentSpec argument, string value) =>
        argument.Absence == HandlerArgumentAbsence.IsDefault ? $"{value} ?? {argument.Default}" : value;
}
