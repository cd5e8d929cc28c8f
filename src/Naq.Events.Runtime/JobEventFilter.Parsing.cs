using System.Diagnostics.CodeAnalysis;
using Naq.Events.Querying;

namespace Naq.Events;

/// <content>The form in text, for command lines, URLs and settings.</content>
public sealed partial record JobEventFilter : IParsable<JobEventFilter>
{
    /// <summary>
    /// Reads a filter such as <c>event_type=failed,timeout queue_name=mail tag.tenant=acme since=2026-01-31T00:00:00Z</c>. Names are
    /// those of the wire: <c>job_id</c>, <c>event_type</c>, <c>service</c>, <c>environment</c>, <c>worker_id</c>, <c>queue_name</c>,
    /// <c>error_type</c>, <c>error_fingerprint</c>, <c>correlation_id</c>, <c>message</c>, <c>tag.NAME</c>, <c>since</c>, <c>until</c>.
    /// A value with spaces stands in double quotes, in which <c>\"</c> and <c>\\</c> are quote and backslash.
    /// </summary>
    /// <param name="s">The text; empty means every event of the store's own environment and service.</param>
    /// <param name="provider">Not used: times are ISO 8601.</param>
    /// <exception cref="FormatException">A name is not known, is given twice, or its value is not valid; the message says which.</exception>
    public static JobEventFilter Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return FilterText.Read(s, out var filter) is { } problem ? throw new FormatException(problem) : filter;
    }

    /// <summary>Reads a filter as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The filter.</param>
    /// <returns>Whether the text is a filter.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out JobEventFilter result)
    {
        result = null;
        return s is not null && FilterText.Read(s, out result) is null;
    }

    /// <summary>Makes a filter of names and values, with the names of <see cref="Parse"/>.</summary>
    /// <param name="settings">The names and values.</param>
    /// <exception cref="FormatException">A name is not known, is given twice, or its value is not valid; the message says which.</exception>
    public static JobEventFilter FromSettings(IEnumerable<KeyValuePair<string, string>> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return FilterText.Read(settings, out var filter) is { } problem ? throw new FormatException(problem) : filter;
    }
}
