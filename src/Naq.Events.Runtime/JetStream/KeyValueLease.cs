using System.Text.Json.Serialization;
using Naq.Events.Watching;

namespace Naq.Events.JetStream;

/// <summary>
/// A lease in a KV bucket. Whoever waits for it compares revisions by its own clock, so that no two clocks have to agree: a holder that has
/// not written for a while is taken for dead.
/// </summary>
internal sealed class KeyValueLease(KeyValueBucket bucket, string key, TimeSpan takeOverAfter, TimeProvider timeProvider) : ILease
{
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private ulong _watched;
    private long _watchedSince = timeProvider.GetTimestamp();

    public async ValueTask<bool> KeepAsync(CancellationToken cancellationToken)
    {
        var present = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (present.Revision != _watched)
            (_watched, _watchedSince) = (present.Revision, timeProvider.GetTimestamp());

        // A holder that allows itself a longer silence is waited for.
        var isFree = present.Value?.Owner is not { } other || other == _owner
            || timeProvider.GetElapsedTime(_watchedSince) >= TimeSpan.FromTicks(Math.Max(takeOverAfter.Ticks, present.Value.TakeOverAfter.Ticks));
        return isFree && await PutAsync(_owner, present.Revision, cancellationToken).ConfigureAwait(false) != 0;
    }

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        var present = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (present.Value?.Owner == _owner)
            _ = await PutAsync(owner: null, present.Revision, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<Revised<LeaseHolder>> FindAsync(CancellationToken cancellationToken) =>
        bucket.FindAsync(key, LeaseJson.Default.LeaseHolder, cancellationToken);

    private ValueTask<ulong> PutAsync(string? owner, ulong replaced, CancellationToken cancellationToken) => bucket.PutAsync(
        key, new LeaseHolder(owner, takeOverAfter), LeaseJson.Default.LeaseHolder, replaced, isDeleted: false, cancellationToken);
}

/// <summary>Who has a lease, and how long after it was last kept it may be taken.</summary>
internal sealed record LeaseHolder(string? Owner, TimeSpan TakeOverAfter = default);

[JsonSerializable(typeof(LeaseHolder))]
internal sealed partial class LeaseJson : JsonSerializerContext;
