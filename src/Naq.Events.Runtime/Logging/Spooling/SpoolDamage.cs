namespace Naq.Events.Logging.Spooling;

/// <summary>Bytes of a segment that are no record.</summary>
internal sealed record SpoolDamage(string File, int Offset, int Bytes);
