using System.Globalization;

namespace Naq.Events.Generators.Helpers;

/// <summary>Turns a JSON name back into the name a parameter has for it.</summary>
internal static class CamelCase
{
    /// <summary>The parameter name whose JSON name this is, or <see langword="null"/> when no parameter has it by itself.</summary>
    public static string? FromSnakeCase(string name)
    {
        var words = name.Split('_');
        var camel = words[0] + string.Concat(words.Skip(1).Select(Capitalized));
        return SnakeCase.From(camel) == name ? camel : null;
    }

    private static string Capitalized(string word) =>
        word.Length == 0 ? "" : word.Substring(0, 1).ToUpper(CultureInfo.InvariantCulture) + word.Substring(1);
}
