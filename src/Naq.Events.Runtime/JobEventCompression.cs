namespace Naq.Events;

/// <summary>How an export is compressed.</summary>
public enum JobEventCompression
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>As gzip.</summary>
    Gzip = 1,

    /// <summary>As Brotli.</summary>
    Brotli = 2,
}
