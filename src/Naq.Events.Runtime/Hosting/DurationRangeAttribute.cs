using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Naq.Events.Hosting;

/// <summary>The range of a <see cref="TimeSpan"/>; the framework's own attribute for it needs reflection.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    public override bool IsValid(object? value) => value is TimeSpan duration
        && duration >= TimeSpan.Parse(minimum, CultureInfo.InvariantCulture)
        && duration <= TimeSpan.Parse(maximum, CultureInfo.InvariantCulture);

    public override string FormatErrorMessage(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} must be from {minimum} to {maximum}.");
}
