using System.Globalization;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>Prints what a handler's attributes say about its time, its calls and its failures.</summary>
internal static class HandlerPolicyEmitter
{
    public static void Emit(SourceWriter writer, HandlerPolicySpec policy)
    {
        writer.WriteLine("Policy = new global::Naq.Events.CompilerServices.JobEventHandlerPolicy");
        writer.OpenBlock();
        if (policy.Retry is { } retry)
        {
            writer.WriteLine($"MaxAttempts = {retry.MaxAttempts.ToString(CultureInfo.InvariantCulture)},");
            EmitTime(writer, "Delay", retry.DelaySeconds);
            EmitTime(writer, "MaxDelay", retry.MaxDelaySeconds);
            if (retry.Backoff is not null)
                writer.WriteLine($"Backoff = global::Naq.Events.JobEventBackoff.{retry.Backoff},");
        }

        EmitTime(writer, "Timeout", policy.TimeoutSeconds);
        if (policy.Concurrency is { } calls)
            writer.WriteLine($"Concurrency = {calls.ToString(CultureInfo.InvariantCulture)},");

        EmitExceptions(writer, "NeverRetries", policy.NeverRetry);
        EmitExceptions(writer, "Drops", policy.DropOn);
        writer.CloseBlock("},");
    }

    private static void EmitTime(SourceWriter writer, string member, double? seconds)
    {
        if (seconds is { } value)
            writer.WriteLine($"{member} = global::System.TimeSpan.FromSeconds({value.ToString("R", CultureInfo.InvariantCulture)}D),");
    }

    private static void EmitExceptions(SourceWriter writer, string member, ImmutableEquatableArray<string> types)
    {
        if (types.Count > 0)
            writer.WriteLine($"{member} = static exception => exception is {string.Join(" or ", types)},");
    }
}
