using System.ComponentModel.DataAnnotations;

namespace Naq.Events.Hosting;

/// <summary>One of the policies there are.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OverflowPolicyAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        return value is JobEventOverflow policy && Enum.IsDefined(policy)
            ? ValidationResult.Success
            : new ValidationResult(
                $"{validationContext.DisplayName} is {value}: use {string.Join(" or ", Enum.GetNames<JobEventOverflow>())}.");
    }
}
