using System.ComponentModel.DataAnnotations;

namespace Naq.Events.Hosting;

/// <summary>A key goes with the order by a key, and with no other.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OrderingKeyAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var ordering = ((JobEventProcessorOptions)validationContext.ObjectInstance).Ordering;
        return (ordering == JobEventOrdering.PerKey, string.IsNullOrWhiteSpace(value as string)) switch
        {
            (true, true) => Problem($"is empty, but {nameof(JobEventProcessorOptions.Ordering)} is {ordering}: name a detail, a tag or a metadata entry"),
            (false, _) when value is not null => Problem($"is '{value}', but {nameof(JobEventProcessorOptions.Ordering)} is {ordering}, which has no key"),
            _ => ValidationResult.Success,
        };

        ValidationResult Problem(string why) => new($"{validationContext.DisplayName} {why}.");
    }
}
