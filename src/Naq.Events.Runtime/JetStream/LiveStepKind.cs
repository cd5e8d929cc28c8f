namespace Naq.Events.JetStream;

/// <summary>What is told of a stream that is followed.</summary>
internal enum LiveStepKind
{
    Message,
    CaughtUp,
    FellBehind,
    Lost,
}
