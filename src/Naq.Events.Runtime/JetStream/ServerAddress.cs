namespace Naq.Events.JetStream;

/// <summary>Addresses as they may be shown: without user, password or token.</summary>
internal static class ServerAddress
{
    /// <summary>One address, or several divided by commas.</summary>
    public static string Shown(string urls) => string.Join(", ", urls.Split(',', StringSplitOptions.TrimEntries).Select(WithoutUser));

    private static string WithoutUser(string url)
    {
        var at = url.LastIndexOf('@');
        if (at < 0)
            return url;

        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 || scheme > at ? url[(at + 1)..] : url[..(scheme + 3)] + url[(at + 1)..];
    }
}
