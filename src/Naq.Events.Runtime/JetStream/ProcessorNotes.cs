using System.Text;
using System.Text.Json.Nodes;

namespace Naq.Events.JetStream;

/// <summary>
/// What processors of one name tell each other of deliveries, in a stream of its own, <c>{stream}_given_back</c>: a server counts deliveries and does not know
/// what became of them.
/// </summary>
internal sealed class ProcessorNotes(JetStreamApi api, JetStreamOptions options, string prefix, string processor)
{
    private const int MostOfOneSubject = 1_000;

    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    /// <summary>The connection's requests.</summary>
    public JetStreamApi Api => api;

    /// <summary>The processor's name.</summary>
    public string Processor => processor;

    /// <summary>Stores a note; returns when it is stored.</summary>
    public async ValueTask AddAsync(string about, string note, CancellationToken cancellationToken)
    {
        await api.EnsureStreamAsync(
            new JsonObject
            {
                ["name"] = Stream,
                ["description"] = "What processors of Naq.Events note of deliveries: given back untried, last tries.",
                ["subjects"] = new JsonArray($"{prefix}_given_back.*.*"),
                ["retention"] = "limits",
                ["storage"] = "file",
                ["max_age"] = StreamSettings.Nanoseconds(MaxAge),
                ["max_msgs_per_subject"] = MostOfOneSubject,
                ["num_replicas"] = options.Replicas,
            },
            cancellationToken).ConfigureAwait(false);
        _ = await api.PublishAsync(Subject(about), [], Encoding.UTF8.GetBytes(note), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first note about something from a place in the stream on; <see langword="null"/> when there is none.</summary>
    public ValueTask<RawMessage?> NextAsync(string about, ulong from, CancellationToken cancellationToken) =>
        RawMessage.FindAsync(api, Stream, from, Subject(about), cancellationToken);

    /// <summary>The last note about something; <see langword="null"/> when there is none.</summary>
    public ValueTask<RawMessage?> LastAsync(string about, CancellationToken cancellationToken) =>
        RawMessage.FindLastAsync(api, Stream, Subject(about), cancellationToken);

    private string Stream => $"{options.StreamName}_given_back";

    private string Subject(string about) => $"{prefix}_given_back.{processor}.{about}";
}
