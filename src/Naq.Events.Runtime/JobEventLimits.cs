namespace Naq.Events;

/// <summary>
/// The limits that bind writers. Constructing a <see cref="JobEvent"/> that breaks one throws; a log call cuts or refuses instead.
/// Characters are UTF-16 code units; bytes are bytes of unescaped UTF-8.
/// </summary>
public static class JobEventLimits
{
    /// <summary>The most characters in a job id: 256. The fewest are 1.</summary>
    public const int JobIdCharacters = 256;

    /// <summary>The most characters in an event name: 64 of <c>a-z</c>, <c>0-9</c> and <c>_</c>.</summary>
    public const int EventNameCharacters = 64;

    /// <summary>The most bytes in a message: 16 KiB.</summary>
    public const int MessageBytes = 16 * 1024;

    /// <summary>The most bytes in an error message: 16 KiB.</summary>
    public const int ErrorMessageBytes = 16 * 1024;

    /// <summary>The most bytes in an error stack: 32 KiB.</summary>
    public const int ErrorStackBytes = 32 * 1024;

    /// <summary>
    /// The most bytes in a whole event, headers included: 1 MiB, or the server's <c>max_payload</c> where that is smaller.
    /// </summary>
    public const int EventBytes = 1024 * 1024;

    /// <summary>The greatest depth of an event's JSON, its own object counted: 64.</summary>
    public const int JsonDepth = 64;
}
