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
        HandlerArgumentSource.Service => argument.Absence == HandlerArgumentAbsence.Throws
            ? $"{Binder}.GetService<{argument.Property}>(context)"
            : $"{Binder}.GetServiceOrNull<{argument.Property}>(context)",
        _ => argument.Absence == HandlerArgumentAbsence.Throws
            ? $"{Binder}.Get{argument.Kind}(jobEvent, {CSharpText.Literal(argument.JsonName)})"
            : OrDefault(argument, $"{Binder}.Get{argument.Kind}OrNull(jobEvent, {CSharpText.Literal(argument.JsonName)})"),
    };

    private static string OrDefault(HandlerArgumentSpec argument, string value) =>
        argument.Absence == HandlerArgumentAbsence.IsDefault ? $"{value} ?? {argument.Default}" : value;
}
