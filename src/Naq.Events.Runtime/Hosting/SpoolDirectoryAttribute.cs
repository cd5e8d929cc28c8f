using System.ComponentModel.DataAnnotations;

namespace Naq.Events.Hosting;

/// <summary>A spool has a directory.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SpoolDirectoryAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        return validationContext.ObjectInstance is JobEventLoggerOptions { Overflow: JobEventOverflow.Spool }
            && value is not JobEventSpoolOptions { Directory.Length: > 0 }
            ? new ValidationResult(
                $"{validationContext.DisplayName}.Directory is not set, and Overflow is Spool: name a directory that outlives the process, such as "
                + "\"/var/lib/shop/spool\".")
            : ValidationResult.Success;
    }
}
