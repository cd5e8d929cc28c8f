using System.Globalization;
using System.Text;

namespace AotWorker;

/// <summary>An invented invoice; what matters here is that rendering it is work, and that it may fail.</summary>
/// <param name="Number">Its number.</param>
internal sealed record Invoice(int Number)
{
    private const int LinesOfLargest = 20;
    private const int WithoutAddress = 100;

    /// <summary>What is to be paid, in <see cref="Currency"/>.</summary>
    public decimal Amount => Enumerable.Range(1, Lines).Sum(PriceOf);

    /// <summary>The currency's code.</summary>
    public string Currency => "EUR";

    private int Lines => (Number % LinesOfLargest) + 1;

    /// <summary>Writes the invoice.</summary>
    /// <exception cref="InvalidDataException">One in a hundred has nowhere to go.</exception>
    public byte[] Render()
    {
        if (Number % WithoutAddress == 0)
            throw new InvalidDataException($"The customer of invoice {Number} has no address.");

        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Invoice {Number}\n");
        for (var line = 1; line <= Lines; line++)
            _ = text.Append(CultureInfo.InvariantCulture, $"Item {line}: {PriceOf(line)} {Currency}\n");

        return Encoding.UTF8.GetBytes(text.Append(CultureInfo.InvariantCulture, $"Total: {Amount} {Currency}\n").ToString());
    }

    private decimal PriceOf(int line) => ((Number * 7) + (line * 13)) % 10_000 / 100m;
}
