using System.Globalization;

namespace Naq.Events.JetStream;

/// <summary>
/// What the reply subject of a delivered message says (ADR-15): <c>$JS.ACK.{stream}.{consumer}.{delivered}.{stream seq}.{consumer
/// seq}.{time}.{pending}</c>, or with a domain and an account hash after <c>$JS.ACK</c> and a token at the end.
/// </summary>
internal readonly record struct AckReply(int Delivery, ulong StreamSequence, ulong ConsumerSequence, long Pending)
{
    private const string Prefix = "$JS.ACK.";
    private const int PointsOfShortForm = 8;
    private const int PointsOfLongForm = 10;
    private const int FirstNumberOfShortForm = 4;
    private const int FirstNumberOfLongForm = 6;

    public static bool TryParse(string? subject, out AckReply reply)
    {
        reply = default;
        if (subject is null || !subject.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        // Once for each delivered message: the names are passed over, the numbers read in one go.
        var rest = subject.AsSpan(Prefix.Length);
        var points = rest.Count('.') + 2;
        var names = points switch
        {
            PointsOfShortForm => 2,
            >= PointsOfLongForm => 4,
            _ => 0,
        };
        if (names == 0)
            return false;

        for (; names > 0; names--)
            rest = rest[(rest.IndexOf('.') + 1)..];

        if (!TryTakeNumber(ref rest, out var delivery)
            || delivery > int.MaxValue
            || !TryTakeNumber(ref rest, out var streamSequence)
            || !TryTakeNumber(ref rest, out var consumerSequence)
            || !TryTakeNumber(ref rest, out _)
            || !TryTakeNumber(ref rest, out var pending)
            || pending > long.MaxValue)
        {
            return false;
        }

        reply = new AckReply((int)delivery, streamSequence, consumerSequence, (long)pending);
        return true;
    }

    /// <summary>The reply subject of another message of the same consumer.</summary>
    /// <param name="subject">One that <see cref="TryParse"/> reads.</param>
    /// <param name="streamSequence">The message's sequence in the stream.</param>
    /// <param name="consumerSequence">A delivery that the consumer has made.</param>
    public static string Of(string subject, ulong streamSequence, ulong consumerSequence)
    {
        var tokens = subject.Split('.');
        var delivery = tokens.Length > PointsOfLongForm ? FirstNumberOfLongForm : FirstNumberOfShortForm;
        tokens[delivery + 1] = streamSequence.ToString(CultureInfo.InvariantCulture);
        tokens[delivery + 2] = consumerSequence.ToString(CultureInfo.InvariantCulture);
        return string.Join('.', tokens);
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<char> text, out ulong number)
    {
        // More digits than the largest number has are none of the server's.
        const int MostDigits = 20;
        number = 0;
        var length = 0;
        for (; length < text.Length && text[length] != '.'; length++)
        {
            if (!char.IsAsciiDigit(text[length]) || length == MostDigits)
                return false;

            number = (number * 10) + (ulong)(text[length] - '0');
        }

        text = text[Math.Min(length + 1, text.Length)..];
        return length > 0;
    }
}
