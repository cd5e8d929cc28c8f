using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NATS.Client.Core;

namespace Naq.Events.JetStream;

/// <summary>
/// How many messages a stream holds of each subject, as stream info tells, page after page: the server gives 100,000 subjects at most
/// in one answer.
/// </summary>
internal sealed class SubjectCounts(JetStreamApi api, string stream)
{
    /// <summary>The counts of subjects that are few, such as one job's.</summary>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async ValueTask<Dictionary<string, long>> OfAsync(IEnumerable<string> subjects, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await ReadAsync(
            subjects,
            (subject, count) => counts[Encoding.UTF8.GetString(subject)] = count,
            cancellationToken).ConfigureAwait(false);
        return counts;
    }

    /// <summary>How many there are of all subjects that a wildcard means.</summary>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async ValueTask<long> SumAsync(string subjects, CancellationToken cancellationToken)
    {
        var sum = 0L;
        await ReadAsync([subjects], (_, count) => sum += count, cancellationToken).ConfigureAwait(false);
        return sum;
    }

    /// <summary>The counts summed up by one token of the subjects.</summary>
    /// <exception cref="JetStreamApiException">The server refuses.</exception>
    /// <exception cref="NoAnswerException">No answer in time.</exception>
    public async ValueTask<IReadOnlyDictionary<string, long>> CountByAsync(
        IEnumerable<string> subjects, string prefix, SubjectToken token, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var byToken = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var characters = new char[1024];
        await ReadAsync(
            subjects,
            (subject, count) =>
            {
                if (subject.Length > characters.Length)
                    characters = new char[subject.Length];

                var text = characters.AsSpan(0, Encoding.UTF8.GetChars(subject, characters))[(prefix.Length + 1)..];
                Span<Range> tokens = stackalloc Range[5];
                var key = text.Split(tokens, '.') == 4 ? text[tokens[(int)token]] : default;
                if (key.Length > 0)
                    byToken[key] = byToken.TryGetValue(key, out var sum) ? sum + count : count;
            },
            cancellationToken).ConfigureAwait(false);
        return counts;
    }

    private async ValueTask ReadAsync(IEnumerable<string> subjects, CountReader take, CancellationToken cancellationToken)
    {
        foreach (var subject in subjects)
        {
            var offset = 0L;
            while (true)
            {
                var body = new JsonObject { ["subjects_filter"] = subject, ["offset"] = offset };
                var reply = await api.RequestBytesAsync($"STREAM.INFO.{stream}", body, cancellationToken).ConfigureAwait(false);
                var (count, total) = Read(reply, take);
                offset += count;
                if (count == 0 || offset >= total)
                    break;
            }
        }
    }

    private static (long Count, long Total) Read(ReadOnlySpan<byte> reply, CountReader take)
    {
        var reader = new Utf8JsonReader(reply);
        long count = 0;
        long total = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;

            if (reader.CurrentDepth == 1 && reader.ValueTextEquals("total"u8))
            {
                _ = reader.Read();
                total = reader.GetInt64();
            }
            else if (reader.CurrentDepth == 2 && reader.ValueTextEquals("subjects"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                count = ReadSubjects(ref reader, take);
            }
        }

        return (count, total);
    }

    private static long ReadSubjects(ref Utf8JsonReader reader, CountReader take)
    {
        var count = 0L;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var subject = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
            _ = reader.Read();
            take(subject, reader.GetInt64());
            count++;
        }

        return count;
    }

    private delegate void CountReader(ReadOnlySpan<byte> subject, long count);
}
