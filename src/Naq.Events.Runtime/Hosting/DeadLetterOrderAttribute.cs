using System.ComponentModel.DataAnnotations;
using Naq.Events.Processing;

namespace Naq.Events.Hosting;

/// <summary>Parking needs dead letters, and an order to keep.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DeadLetterOrderAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        if (value is not JobEventDeadLetterOrder.ParkJob)
            return ValidationResult.Success;

        var options = (JobEventProcessorOptions)validationContext.ObjectInstance;
        return options.Name is null
            ? Problem("a live processor has no dead letters: give it a name")
            : !LaneOrder.IsOfJobs(options.Ordering)
                ? Problem($"it keeps the order of a job, and Ordering is {options.Ordering}")
                : ValidationResult.Success;

        ValidationResult Problem(string why) => new($"{validationContext.DisplayName} is {value}, but {why}.");
    }
}
