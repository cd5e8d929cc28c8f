using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Naq.Events.Serialization;

namespace Naq.Events.Hosting;

/// <summary>Patterns of names, each of which could match a name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeyPatternListAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var patterns = (IList<string?>)value!;
        for (var i = 0; i < patterns.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(patterns[i]) || KeyPatterns.Fold(patterns[i]!).Length == 0)
            {
                return new ValidationResult(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{validationContext.DisplayName}[{i}] is '{patterns[i]}', which is no name: use a name such as \"iban\", with '*' for "
                    + $"any text, such as \"*iban*\"; '_' and '-' do not count."));
            }
        }

        return ValidationResult.Success;
    }
}
