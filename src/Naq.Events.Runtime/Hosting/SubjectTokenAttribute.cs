using System.ComponentModel.DataAnnotations;

namespace Naq.Events.Hosting;

/// <summary>A value that becomes a token of a NATS subject, or several with points between them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SubjectTokenAttribute : ValidationAttribute
{
    private const int MaxCharacters = 64;

    /// <summary>Whether several tokens are allowed.</summary>
    public bool Several { get; set; }

    /// <summary>A token that means something else.</summary>
    public string? Reserved { get; set; }

    /// <summary>A text that is no token, and allowed all the same, as <see langword="null"/> then is.</summary>
    public string? Wildcard { get; set; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var name = validationContext.DisplayName;
        var text = value as string ?? "";
        if (text == Reserved)
            return new ValidationResult($"{name} '{text}' is reserved: events are republished under it. Choose another name.");

        if (Wildcard is not null && (value is null || text == Wildcard))
            return ValidationResult.Success;

        var valid = Several ? text.Split('.').All(IsToken) : IsToken(text);
        return valid
            ? ValidationResult.Success
            : new ValidationResult(
                $"{name} '{text}' is not valid: it becomes {(Several ? "the first tokens" : "a token")} of NATS subjects, so use 1 to 64 "
                + $"letters, digits, '_' or '-'{(Several ? " in each, with points between them, such as \"naq.events\"" : ", such as \"prod\"")}.");
    }

    internal static bool IsToken(string token) =>
        token.Length is > 0 and <= MaxCharacters && token.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
