using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Naq.Events.Watching;

namespace Naq.Events.JetStream;

/// <summary>
/// The processes that divide something, under one key of a bucket: each counts up a number of its own there, and leaves out those whose number has stood still for
/// a while by its own clock, so that no two clocks have to agree. They are in the order in which they came.
/// </summary>
internal sealed class KeyValueMembership(KeyValueBucket bucket, string key, TimeSpan forgetAfter, TimeProvider timeProvider) : IMembership
{
    private const int MostAttempts = 5;

    // By its first half, the time, in the order of coming.
    private readonly string _member = Guid.CreateVersion7(timeProvider.GetUtcNow()).ToString("N");
    private readonly Dictionary<string, SeenBeat> _seen = new(StringComparer.Ordinal);
    private long _beat;

    public async ValueTask<Turn?> BeatAsync(CancellationToken cancellationToken)
    {
        _beat++;
        if (await ChangeAsync(isMember: true, cancellationToken).ConfigureAwait(false) is not { } members)
            return null;

        members.Sort(StringComparer.Ordinal);
        return new Turn(members.IndexOf(_member), members.Count);
    }

    public async ValueTask LeaveAsync(CancellationToken cancellationToken) => await ChangeAsync(isMember: false, cancellationToken).ConfigureAwait(false);

    /// <summary>Null when others wrote whenever this one did.</summary>
    private async ValueTask<List<string>?> ChangeAsync(bool isMember, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var present = await bucket.FindAsync(key, MembersJson.Default.JsonObject, cancellationToken).ConfigureAwait(false);
            var (beats, members) = (new JsonObject(), new List<string>());
            foreach (var (member, beat) in present.Value ?? [])
            {
                if (member != _member && beat is JsonValue value && value.TryGetValue(out long count) && IsAlive(member, count))
                    Add(member, count);
            }

            if (isMember)
                Add(_member, _beat);

            if (await bucket.PutAsync(key, beats, MembersJson.Default.JsonObject, present.Revision, isDeleted: false, cancellationToken).ConfigureAwait(false) != 0)
                return members;

            void Add(string member, long count)
            {
                beats.Add(member, count);
                members.Add(member);
            }
        }

        return null;
    }

    private bool IsAlive(string member, long beat)
    {
        if (!_seen.TryGetValue(member, out var seen) || seen.Beat != beat)
            _seen[member] = seen = new SeenBeat(beat, timeProvider.GetTimestamp());

        return timeProvider.GetElapsedTime(seen.Since) < forgetAfter;
    }

    private sealed record SeenBeat(long Beat, long Since);
}

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class MembersJson : JsonSerializerContext;
