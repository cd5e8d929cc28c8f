using Naq.Events.JetStream;
using Naq.Events.Watching;

namespace Naq.Events;

/// <content>Leases, in the KV bucket <c>{stream}_leases</c>.</content>
public sealed partial class JetStreamEventStore : ILeasingStore, ISharingStore
{
    ValueTask<ILease> ILeasingStore.OpenLeaseAsync(string role, TimeSpan takeOverAfter, CancellationToken cancellationToken) =>
        OpenLeaseAsync(_ => $"{role}.{_subjects.Environment}.{_subjects.Service}", takeOverAfter, cancellationToken);

    ValueTask<ILease> ILeasingStore.OpenProcessorLeaseAsync(string name, TimeSpan takeOverAfter, CancellationToken cancellationToken) =>
        OpenLeaseAsync(session => $"processor.{session.Consumers.Stream}.{name}", takeOverAfter, cancellationToken);

    async ValueTask<IMembership> ISharingStore.OpenMembershipAsync(string name, TimeSpan forgetAfter, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        var bucket = await LeasesAsync(session, cancellationToken).ConfigureAwait(false);
        return new KeyValueMembership(bucket, $"processor.{session.Consumers.Stream}.{name}.members", forgetAfter, session.Api.TimeProvider);
    }

    private async ValueTask<ILease> OpenLeaseAsync(Func<JetStreamSession, string> keyOf, TimeSpan takeOverAfter, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        var bucket = await LeasesAsync(session, cancellationToken).ConfigureAwait(false);
        return new KeyValueLease(bucket, keyOf(session), takeOverAfter, session.Api.TimeProvider);
    }

    private async ValueTask<KeyValueBucket> LeasesAsync(JetStreamSession session, CancellationToken cancellationToken)
    {
        var bucket = new KeyValueBucket(
            session.Api, $"{_options.StreamName}_leases", "Who has which role, for Naq.Events.", _options.Replicas, _logger);
        await bucket.EnsureAsync(cancellationToken).ConfigureAwait(false);
        return bucket;
    }
}
