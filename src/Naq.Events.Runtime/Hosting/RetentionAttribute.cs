using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Naq.Events.Serialization;
using Naq.Events.Storage;

namespace Naq.Events.Hosting;

/// <summary>Retention by event name: the names are names, the times hold within the store's own age.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RetentionAttribute : ValidationAttribute
{
    // A server takes no shorter one (ADR-43).
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var maxAge = validationContext.ObjectInstance switch
        {
            JetStreamOptions options => options.MaxAge,
            InMemoryOptions options => options.MaxAge,
            _ => TimeSpan.Zero,
        };
        foreach (var (name, time) in (IDictionary<string, TimeSpan>)value!)
        {
            if (Problem(name, time, maxAge) is { } problem)
                return new ValidationResult($"{validationContext.DisplayName}: {problem}");
        }

        return ValidationResult.Success;
    }

    private static string? Problem(string name, TimeSpan time, TimeSpan maxAge)
    {
        if (name != RetentionNames.Others && !EventNames.IsValid(name))
            return $"'{name}' is not the name of an event: use 1 to 64 of a-z, 0-9 and _, or '*' for all names without a time of their own.";

        if (time < Shortest || time > Longest)
            return string.Create(CultureInfo.InvariantCulture, $"'{name}' is kept for {time}: use a duration from {Shortest} to {Longest}.");

        return maxAge > TimeSpan.Zero && time > maxAge
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' is to be kept for {time}, but MaxAge removes every event after {maxAge}. Set MaxAge to {time}, and give the other events a time "
                + $"of their own under '*', such as {maxAge}.")
            : null;
    }
}
