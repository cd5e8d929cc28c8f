using System.Globalization;
using System.Text.Json.Nodes;

namespace Naq.Events.JetStream;

/// <summary>Says what a stream would lose if one of its limits were lowered.</summary>
internal sealed class LimitReduction(Consumers consumers, JetStreamOptions options, JobEventSubjects subjects)
{
    /// <summary>What the server would remove at once, in words; <see langword="null"/> when nothing.</summary>
    /// <param name="setting">The changed setting.</param>
    /// <param name="state">The stream's state.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<string?> RemovedAsync(string setting, JsonObject state, CancellationToken cancellationToken)
    {
        var messages = state.Number("messages");
        var bytes = state.Number("bytes");
        return setting switch
        {
            "max_msgs" when options.MaxMessages > 0 && messages > options.MaxMessages =>
                string.Create(CultureInfo.InvariantCulture, $"the oldest {messages - options.MaxMessages} of {messages} events"),
            "max_bytes" when options.MaxBytes > 0 && bytes > options.MaxBytes =>
                string.Create(CultureInfo.InvariantCulture, $"the oldest events, {bytes - options.MaxBytes} of {bytes} bytes"),
            "max_age" when options.MaxAge > TimeSpan.Zero && messages > 0 => await ByAgeAsync(messages, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
    }

    private async ValueTask<string?> ByAgeAsync(long messages, CancellationToken cancellationToken)
    {
        var oldest = consumers.Api.TimeProvider.GetUtcNow() - options.MaxAge;
        var (name, kept) = await consumers.CreateAsync([subjects.Stream], ReadStart.StoredSince(oldest), cancellationToken).ConfigureAwait(false);
        await consumers.RemoveAsync(name).ConfigureAwait(false);
        return kept < messages
            ? string.Create(CultureInfo.InvariantCulture, $"the oldest {messages - kept} of {messages} events, stored before {oldest:u}")
            : null;
    }
}
