using System.ComponentModel.DataAnnotations;

namespace Naq.Events.Hosting;

/// <summary>One of the policies there are, or of some of them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OverflowPolicyAttribute(params JobEventOverflow[] policies) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var allowed = policies.Length > 0 ? policies : Enum.GetValues<JobEventOverflow>();
        return value is JobEventOverflow policy && allowed.Contains(policy)
            ? ValidationResult.Success
            : new ValidationResult($"{validationContext.DisplayName} is {value}: use {string.Join(" or ", allowed)}.");
    }
}
