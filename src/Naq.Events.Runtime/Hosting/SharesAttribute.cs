using System.ComponentModel.DataAnnotations;

namespace Naq.Events.Hosting;

/// <summary>Shares are of an order over all processes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SharesAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var ordering = ((JobEventProcessorOptions)validationContext.ObjectInstance).Ordering;
        return value is > 1 && ordering != JobEventOrdering.PerJobAcrossInstances
            ? new ValidationResult(
                $"{validationContext.DisplayName} is {value}, but {nameof(JobEventProcessorOptions.Ordering)} is {ordering}: processes of one name share its work without that. "
                + $"Shares are for {nameof(JobEventOrdering.PerJobAcrossInstances)}.")
            : ValidationResult.Success;
    }
}
