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
    private readonly Dictionary<string, (long Beat, long Since)> _seen = new(StringComparer.Ordinal);
    private long _beat;

    public async ValueTask<Turn?> BeatAsync(CancellationToken cancellationToken)
    {
        _beat++;
        return await ChangeAsync(isMember: true, cancellationToken).ConfigureAwait(false) is { } members
            ? new Turn(members.IndexOfKey(_member), members.Count)
            : null;
    }

    public async ValueTask LeaveAsync(CancellationToken cancellationToken) => await ChangeAsync(isMember: false, cancellationToken).ConfigureAwait(false);

    /// <summary>Null when others wrote whenever this one did.</summary>
    private async ValueTask<SortedList<string, long>?> ChangeAsync(bool isMember, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var present = await bucket.FindAsync(key, MembersJson.Default.Members, cancellationToken).ConfigureAwait(false);
            var members = new SortedList<string, long>(StringComparer.Ordinal);
            foreach (var (member, beat) in present.Value?.Beats ?? [])
            {
                if (member != _member && IsAlive(member, beat))
                    members.Add(member, beat);
            }

            if (isMember)
                members.Add(_member, _beat);

            if (await bucket.PutAsync(
                key, new Members(new(members)), MembersJson.Default.Members, present.Revision, isDeleted: false, cancellationToken).ConfigureAwait(false) != 0)
            {
                return members;
            }
        }

        return null;
    }

    private bool IsAlive(string member, long beat)
    {
        if (!_seen.TryGetValue(member, out var seen) || seen.Beat != beat)
            _seen[member] = seen = (beat, timeProvider.GetTimestamp());

        return timeProvider.GetElapsedTime(seen.Since) < forgetAfter;
    }
}

/// <summary>Who takes part, and how often each has said so.</summary>
internal sealed record Members(Dictionary<string, long> Beats);

[JsonSerializable(typeof(Members))]
internal sealed partial class MembersJson : JsonSerializerContext;
