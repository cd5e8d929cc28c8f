using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Naq.Events.Hosting;

/// <summary>The range of a <see cref="TimeSpan"/>; the framework's own attribute for it needs reflection.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);

        // A duration that may be null means "never" by it.
        return value is null || (value is TimeSpan duration
            && duration >= TimeSpan.Parse(minimum, CultureInfo.InvariantCulture)
            && duration <= TimeSpan.Parse(maximum, CultureInfo.InvariantCulture))
            ? ValidationResult.Success
            : new ValidationResult(string.Create(
                CultureInfo.InvariantCulture, $"{validationContext.DisplayName} is {value}: use a duration from {minimum} to {maximum}."));
    }
}
