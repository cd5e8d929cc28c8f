using System.Buffers;

namespace Naq.Events.JetStream;

/// <summary>An answer to a published event; the payload is empty when nobody listens to its subject.</summary>
internal delegate void PublishAnswer(PublishLink link, int slot, ReadOnlySequence<byte> payload);
