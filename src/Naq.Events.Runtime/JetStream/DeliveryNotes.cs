using Microsoft.Extensions.Logging;

namespace Naq.Events.JetStream;

/// <summary>What processors of one name tell each other of the deliveries of one stream.</summary>
/// <param name="GivenBack">What came back untried.</param>
/// <param name="LastTries">What was begun with for the last time.</param>
internal sealed record DeliveryNotes(GivenBack GivenBack, LastTries LastTries)
{
    /// <summary>The notes of a processor about a stream.</summary>
    public static DeliveryNotes Of(ProcessorNotes notes, string stream, ILogger logger) =>
        new(new GivenBack(notes, stream, logger), new LastTries(notes, logger));
}
