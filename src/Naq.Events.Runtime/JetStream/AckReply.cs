using System.Globalization;

namespace Naq.Events.JetStream;

/// <summary>
/// What the reply subject of a delivered message says (ADR-15): <c>$JS.ACK.{stream}.{consumer}.{delivered}.{stream seq}.{consumer
/// seq}.{time}.{pending}</c>, or with a domain and an account hash after <c>$JS.ACK</c> and a token at the end.
/// </summary>
internal readonly record struct AckReply(int Delivery, ulong StreamSequence, ulong ConsumerSequence, long Pending)
{
    private const int ShortForm = 9;
    private const int LongForm = 11;

    public static bool TryParse(string? subject, out AckReply reply)
    {
        reply = default;
        if (subject is null || !subject.StartsWith("$JS.ACK.", StringComparison.Ordinal))
            return false;

        Span<Range> tokens = stackalloc Range[LongForm + 2];
        var text = subject.AsSpan();
        var count = text.Split(tokens, '.');
        var first = count switch
        {
            ShortForm => 4,
            >= LongForm => 6,
            _ => -1,
        };
        if (first < 0
            || !int.TryParse(text[tokens[first]], CultureInfo.InvariantCulture, out var delivery)
            || !ulong.TryParse(text[tokens[first + 1]], CultureInfo.InvariantCulture, out var streamSequence)
            || !ulong.TryParse(text[tokens[first + 2]], CultureInfo.InvariantCulture, out var consumerSequence)
            || !long.TryParse(text[tokens[first + 4]], CultureInfo.InvariantCulture, out var pending))
        {
            return false;
        }

        reply = new AckReply(delivery, streamSequence, consumerSequence, pending);
        return true;
    }
}
