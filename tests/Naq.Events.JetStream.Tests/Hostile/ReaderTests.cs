using System.Text;
using CsCheck;
using Naq.Events.JetStream.Publishing;
using Naq.Events.Querying;
using Naq.Events.Serialization;

namespace Naq.Events.JetStream.Tests.Hostile;

/// <summary>Whatever comes in, readers say what is wrong with it, or read it; they do not throw, hang or read beyond it.</summary>
public sealed class ReaderTests
{
    private static readonly JobEventFilter Filter = new()
    {
        WorkerId = "w",
        QueueName = "q",
        MessageContains = "m",
        Tags = new Dictionary<string, string> { ["k"] = "v" },
        Since = DateTimeOffset.UnixEpoch,
    };

    public static TheoryData<string, byte[]> Payloads => [.. Corpus.All.Select(static one => (one.Name, one.Payload))];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void The_corpus_is_read_as_it_is_named(string name, byte[] payload)
    {
        var stored = Read(payload);

        Assert.Equal(name.StartsWith("event", StringComparison.Ordinal), stored.Event is not null);
        Assert.Equal(stored.Event is null, stored.Problem is { Length: > 0 and < 2_000 });
    }

    [Fact]
    public void An_event_is_read_or_refused_and_what_is_read_can_be_written_and_read_again() =>
        Mutated.Of([.. Corpus.All.Select(static one => one.Payload)]).Sample(
            static payload =>
            {
                var isEvent = JobEvent.TryParse(payload, out var jobEvent, out var problem);

                Assert.Equal(isEvent, problem is null);
                Assert.Equal(isEvent, jobEvent is not null);
                _ = new PayloadFilter(Filter).Rejects(payload);
                _ = Read(payload);
                if (jobEvent is null)
                    return;

                foreach (var fields in (JobEventFields[])[jobEvent.Details, jobEvent.Metadata])
                {
                    _ = fields.TryGetValue("a", out _);
                    _ = fields.GetDouble("n");
                    _ = fields.GetString("x");
                }

                Assert.Equal(jobEvent, JobEvent.Parse(jobEvent.ToUtf8Json()));
            },
            iter: Mutated.Iterations,
            time: Mutated.Seconds);

    [Fact]
    public void A_subject_is_taken_apart_or_refused() =>
        Mutated.Texts("naq.events.prod.shop.job.started", "naq.events.prod.shop.%E2%82%AC%20.payment_captured", "naq.events.a.b.%2e.c", "naq.events").Sample(
            static subject =>
            {
                var problem = JobEventSubject.Split(subject, "naq.events", out _);
                Assert.True(problem is null || problem.Length < 2_000);
                if (JobEventSubject.TryDecodeJobId(subject, out var jobId))
                    Assert.True(JobEventSubject.TryDecodeJobId(JobEventSubject.EncodeJobId(jobId), out var again) && again == jobId);
            },
            iter: Mutated.Iterations,
            time: Mutated.Seconds);

    [Fact]
    public void Answers_to_publishes_and_deliveries_are_read_or_not_understood() =>
        Mutated.Of(
            """{"stream":"naq_events", "seq":17}"""u8.ToArray(),
            """{"stream":"naq_events","domain":"hub","seq":17,"duplicate":true}"""u8.ToArray(),
            """{"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"},"stream":"x","seq":0}"""u8.ToArray(),
            "$JS.ACK.naq_events.billing.1.17.3.1795708284299379147.9"u8.ToArray(),
            "$JS.ACK.hub.ACCOUNT.naq_events.billing.1.17.3.1795708284299379147.9.token"u8.ToArray()).Sample(
            static answer =>
            {
                _ = PublishAckParser.Parse(answer);
                _ = AckReply.TryParse(Encoding.UTF8.GetString(answer), out _);
            },
            iter: Mutated.Iterations,
            time: Mutated.Seconds);

    [Fact]
    public void What_a_server_sends_is_taken_apart_or_ends_the_connection() =>
        Gen.Select(
            Mutated.Of(
                "MSG _INBOX.x.17 naq 4\r\n{\r\n}\r\nPING\r\n"u8.ToArray(),
                "HMSG _INBOX.x.18 naq 16 16\r\nNATS/1.0 503\r\n\r\n\r\n-ERR 'x'\r\n"u8.ToArray(),
                "INFO {\"server_id\":\"x\"}\r\nMSG a.b 7 reply 2\r\nok\r\n+OK\r\n"u8.ToArray()),
            Gen.Int[1, 64]).Sample(
            static (bytes, piece) =>
            {
                var others = 0;
                var frames = new AnswerFrames((_, payload) => Assert.True(payload.Length <= bytes.Length), static () => { });
                try
                {
                    for (var position = 0; position < bytes.Length;)
                    {
                        var free = frames.Free();
                        Assert.InRange(free.Length, 1, 1 << 20);
                        var count = Math.Min(Math.Min(free.Length, piece), bytes.Length - position);
                        bytes.AsMemory(position, count).CopyTo(free);
                        position += count;
                        frames.Received(count);
                        while (frames.TakeOthers(new byte[100]) is var taken and > 0)
                            others += taken;
                    }
                }
                catch (FormatException)
                {
                    // What is no protocol ends the connection.
                }

                Assert.True(others <= bytes.Length);
            },
            iter: Mutated.Iterations,
            time: Mutated.Seconds);

    [Fact]
    public void Texts_of_filters_and_cursors_are_read_or_refused_in_words() =>
        Mutated.Texts(
            "job=order-17 type=failed,started queue=orders since=2026-01-01T00:00:00Z tag.k=v", "17-ab.18-cd", "service=* message=\"a \\\"b\\\"\"").Sample(
            static text =>
            {
                if (JobEventCursor.TryParse(text, null, out var cursor))
                    Assert.Equal(cursor, JobEventCursor.Parse(cursor.ToString()));

                if (JobEventFilter.TryParse(text, null, out var filter))
                    Assert.Equal(filter, JobEventFilter.Parse(filter.ToString()));
                else
                    Assert.Throws<FormatException>(() => JobEventFilter.Parse(text));
            },
            iter: Mutated.Iterations,
            time: Mutated.Seconds);

    [Fact]
    public Task An_import_stores_what_it_can_read_and_names_the_rest() =>
        Mutated.Of([.. Corpus.All.Where(static one => one.Payload.Length < 1_000).Select(static one => (byte[])[.. one.Payload, (byte)'\n', .. one.Payload, (byte)'\n'])]).SampleAsync(
            static async bytes =>
            {
                await using var store = new InMemoryJobEventStore();
                try
                {
                    var result = await store.ImportAsync(new MemoryStream(bytes));
                    Assert.InRange(await store.CountAsync(JobEventFilter.All.InAllServices().InAllEnvironments()), 0, result.Progress.Events);
                }
                catch (JobEventImportException exception)
                {
                    Assert.NotEmpty(exception.Message);
                }
            },
            iter: Math.Min(Mutated.Iterations, Mutated.Seconds > 0 ? long.MaxValue : 500),
            time: Mutated.Seconds);

    private static StoredMessage Read(byte[] payload) => StoredMessage.Read(
        1, "naq.events.prod.shop.job.started", null, JobEventPayload.Deserializer.Deserialize(new System.Buffers.ReadOnlySequence<byte>(payload)), "naq.events");
}
