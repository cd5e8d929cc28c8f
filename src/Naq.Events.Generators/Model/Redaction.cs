namespace Naq.Events.Generators.Model;

/// <summary>What stands in the place of a value that must not be seen.</summary>
internal enum Redaction
{
    /// <summary>The value itself.</summary>
    None,

    /// <summary>Asterisks.</summary>
    Redact,

    /// <summary>A hash of its text.</summary>
    Hash,
}
