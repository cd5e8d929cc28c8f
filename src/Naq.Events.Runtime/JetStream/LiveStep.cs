using Naq.Events.Storage;

namespace Naq.Events.JetStream;

/// <summary>One thing that is told of a stream that is followed.</summary>
/// <param name="Kind">What.</param>
/// <param name="Cursor">Where the reader is.</param>
internal readonly record struct LiveStep(LiveStepKind Kind, JobEventCursor Cursor)
{
    /// <summary>The message.</summary>
    public StoredMessage Message { get; init; }

    /// <summary>The messages that wait, as far as the server has told.</summary>
    public long Pending { get; init; }

    /// <summary>The sequences that were removed unread.</summary>
    public SequenceRange Lost { get; init; }
}
