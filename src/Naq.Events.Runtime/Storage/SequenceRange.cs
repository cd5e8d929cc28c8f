namespace Naq.Events.Storage;

/// <summary>Sequences, both ends included.</summary>
internal readonly record struct SequenceRange(ulong From, ulong To);
