using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Naq.Events.Hosting;

/// <summary>The range of a whole number; the framework's own attribute does not say which value was wrong.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NumberRangeAttribute(long minimum, long maximum) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        if (value is null)
            return ValidationResult.Success;

        var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        var bounds = maximum >= int.MaxValue ? "up" : string.Create(CultureInfo.InvariantCulture, $"to {maximum:N0}");
        return number >= minimum && number <= maximum
            ? ValidationResult.Success
            : new ValidationResult(string.Create(
                CultureInfo.InvariantCulture,
                $"{validationContext.DisplayName} is {number}: use a number from {minimum:N0} {bounds}."));
    }
}
