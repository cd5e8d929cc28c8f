using Naq.Events.Generators.Helpers;

namespace Naq.Events.Generators.Parsing;

/// <summary>Tells from a name whether a value is probably secret.</summary>
internal static class SecretNames
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "password", "passwords", "passwd", "pwd", "passphrase", "passcode", "secret", "secrets", "token", "tokens",
        "credential", "credentials", "apikey", "bearer", "jwt", "cvv", "cvc",
    };

    private static readonly HashSet<string> Pairs = new(StringComparer.Ordinal)
    {
        "api_key", "api_keys", "access_key", "private_key", "secret_key", "signing_key", "encryption_key", "shared_key",
        "account_key", "connection_string", "conn_string", "session_key", "security_code", "pass_word", "pass_phrase",
    };

    // A value that says how the secret is written, not what is known of it.
    private static readonly HashSet<string> Endings = new(StringComparer.Ordinal)
    {
        "value", "text", "string", "base64", "hex", "plain",
    };

    /// <summary>
    /// Whether the name ends in a secret: <c>dbPassword</c> does; <c>passwordPolicy</c>, <c>tokenType</c> and <c>secretName</c>
    /// are about one.
    /// </summary>
    public static bool IsSecret(string name)
    {
        var words = SnakeCase.From(name).Split(['_', '-', '.', ' '], StringSplitOptions.RemoveEmptyEntries).ToList();
        while (words.Count > 1 && Endings.Contains(words[words.Count - 1]) && !IsPair(words))
            words.RemoveAt(words.Count - 1);

        return words.Count > 0 && (Words.Contains(words[words.Count - 1]) || IsPair(words));
    }

    private static bool IsPair(List<string> words) =>
        words.Count > 1 && Pairs.Contains($"{words[words.Count - 2]}_{words[words.Count - 1]}");
}
