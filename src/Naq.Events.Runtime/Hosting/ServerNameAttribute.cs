using System.ComponentModel.DataAnnotations;

namespace Naq.Events.Hosting;

/// <summary>The name of a stream or a durable consumer on a server.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ServerNameAttribute(string example) : ValidationAttribute
{
    /// <summary>Whether there may be none.</summary>
    public bool Optional { get; set; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        return (Optional && value is null) || (value is string name && SubjectTokenAttribute.IsToken(name))
            ? ValidationResult.Success
            : new ValidationResult(
                $"{validationContext.DisplayName} '{value}' is not valid: it becomes a name on the server, so use 1 to 64 "
                + $"letters, digits, '_' or '-', such as \"{example}\"{(Optional ? ", or null for none" : "")}.");
    }
}
