namespace Naq.Events.Logging.Spooling;

/// <summary>What stands at a position of a segment.</summary>
internal enum SpoolRead
{
    /// <summary>A record that is whole.</summary>
    Record,

    /// <summary>Nothing more.</summary>
    End,

    /// <summary>Bytes that are no record, up to the next one or the end.</summary>
    Damage,
}
