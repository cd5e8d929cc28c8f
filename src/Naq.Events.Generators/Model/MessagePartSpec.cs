namespace Naq.Events.Generators.Model;

/// <summary>A piece of a message template: text, or the place of a parameter.</summary>
/// <param name="Text">The text; of a placeholder, the C# expression of its value.</param>
/// <param name="IsPlaceholder">Whether a parameter stands here.</param>
/// <param name="Format">The format of the placeholder, if it has one.</param>
internal sealed record MessagePartSpec(string Text, bool IsPlaceholder, string? Format);
