using System.Runtime.CompilerServices;
using Naq.Events.JetStream;
using Naq.Events.Processing;

namespace Naq.Events;

public sealed partial class JetStreamEventStore : IDeadLetterStore
{
    private const string KeptPurpose = "asked for dead letters";

    async IAsyncEnumerable<JobEventDeadLetter> IDeadLetterStore.ReadDeadLettersAsync(
        string processor, string? jobId, bool? parked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var deadLetters = DeadLetters(await SessionAsync(cancellationToken).ConfigureAwait(false));
        var enumerator = deadLetters.ReadAsync(processor, jobId, parked, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var ending = enumerator.ConfigureAwait(false);
        while (await ExplainedAsync(enumerator.MoveNextAsync, KeptPurpose).ConfigureAwait(false))
            yield return enumerator.Current;
    }

    async ValueTask<(long Failed, long Parked)> IDeadLetterStore.CountDeadLettersAsync(string processor, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await ExplainedAsync(() => DeadLetters(session).CountAsync(processor, cancellationToken), KeptPurpose).ConfigureAwait(false);
    }

    async ValueTask<JobEventDeadLetter?> IDeadLetterStore.GetDeadLetterAsync(
        string processor, ulong sequence, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await ExplainedAsync(() => DeadLetters(session).FindAsync(processor, sequence, cancellationToken), KeptPurpose).ConfigureAwait(false);
    }

    async ValueTask<bool> IDeadLetterStore.ReplayDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await ExplainedAsync(() => DeadLetters(session).ReplayAsync(processor, sequence, cancellationToken), KeptPurpose).ConfigureAwait(false);
    }

    async ValueTask<bool> IDeadLetterStore.DiscardDeadLetterAsync(string processor, ulong sequence, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await ExplainedAsync(() => DeadLetters(session).DiscardAsync(processor, sequence, cancellationToken), KeptPurpose).ConfigureAwait(false);
    }

    // Who does not know the processor does as if each of its jobs might stand still.
    private JetStreamDeadLetters DeadLetters(JetStreamSession session, bool stopsJobs = true) => new(session.Api, _subjects, _options, stopsJobs);
}
