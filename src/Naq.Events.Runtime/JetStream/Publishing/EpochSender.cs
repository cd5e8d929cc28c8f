using System.Net.Sockets;
using Naq.Events.Serialization;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Publishing;

/// <summary>Sends what is in a publisher's window over one link, in order.</summary>
internal sealed class EpochSender(
    AckWindow window, PublishLink link, EpochAnswers answers, PublisherSettings settings, AutoResetSignal work, Func<int> limit)
{
    private const int LargestGroup = 64;

    // One is stored while the next gathers; what a server holds of unfinished batches is bounded.
    private const int MostBatches = 2;

    private readonly List<SentEvent> _batch = [];
    private long _now;

    /// <summary>How many events are to be sent in groups of their own, so that it is known which of them the server refuses.</summary>
    public int Singly { get; set; }

    /// <summary>
    /// How many events may be stored already, since they were sent before. They go in no batch while two may be under way: the server
    /// refuses one that holds an event it has, and would store the next batch before it.
    /// </summary>
    public int SentBefore { get; set; }

    private bool SendsBatches => settings.SendBatches && (settings.OneBatchUnderWay || (Singly == 0 && SentBefore == 0));

    /// <summary>
    /// Whether another batch may go. With one under way, the refusal of the last is known before it counts as answered: see
    /// <see cref="EpochAnswers.Read"/>.
    /// </summary>
    private bool HasRoomForBatch => settings.OneBatchUnderWay
        ? answers.OpenBatches == 0 && window.InFlight == 0
        : answers.OpenBatches < MostBatches;

    /// <summary>Sends until the link breaks, or until all is answered after a refusal.</summary>
    /// <returns>Why it ended.</returns>
    public async ValueTask<string> RunAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, link.Broken);
        try
        {
            while (true)
            {
                if (!SendsBatches)
                    await SendEventsAsync(either.Token).ConfigureAwait(false);

                if (SendsBatches)
                    await SendBatchesAsync(either.Token).ConfigureAwait(false);

                await link.FlushAsync().ConfigureAwait(false);
                if (answers.Refusal is { } refusal && window.InFlight == 0)
                    return refusal;

                await work.WaitAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or NatsException && link.Broken.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return link.Reason;
        }
        catch (Exception exception) when (exception is NatsException or SocketException or ObjectDisposedException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return $"the connection takes no more data: {exception.Message}";
        }
    }

    private async ValueTask SendEventsAsync(CancellationToken cancellationToken)
    {
        // What is sent together is answered together.
        var startsGroup = true;
        while (!SendsBatches && HasRoom() && TryNext(startsGroup || Singly > 0, out var sent))
        {
            Singly -= Singly > 0 ? 1 : 0;
            SentBefore -= SentBefore > 0 ? 1 : 0;
            startsGroup = sent.Number == LargestGroup;
            await WaitForReadersAsync(cancellationToken).ConfigureAwait(false);
            await link.SendAsync(in sent).ConfigureAwait(false);
        }
    }

    private async ValueTask SendBatchesAsync(CancellationToken cancellationToken)
    {
        answers.WakeOnAnswers();
        while (HasRoomForBatch && Gather())
        {
            await WaitForReadersAsync(cancellationToken).ConfigureAwait(false);
            answers.BatchSent();
            if (_batch.Count == 1)
            {
                await link.SendAsync(_batch[0]).ConfigureAwait(false);
            }
            else
            {
                window.MarkBatch(_batch[0].Group);
                var id = EventId.Create(settings.TimeProvider.GetUtcNow());
                for (var i = 0; i < _batch.Count; i++)
                    await link.SendAsync(_batch[i], new BatchPart(id, i + 1, Commits: i + 1 == _batch.Count)).ConfigureAwait(false);
            }

            await link.FlushAsync().ConfigureAwait(false);
        }
    }

    private bool Gather()
    {
        _batch.Clear();
        var most = Singly > 0 ? 1 : BatchPart.MaxEvents;
        Singly -= Singly > 0 ? 1 : 0;
        while (_batch.Count < most && TryNext(startsGroup: _batch.Count == 0, out var sent))
            _batch.Add(sent);

        return _batch.Count > 0;
    }

    /// <summary>Whether the server is known to take so many events at once.</summary>
    private bool HasRoom()
    {
        if (limit() >= window.Capacity)
            return true;

        answers.WakeOnAnswers();
        return window.InFlight < limit();
    }

    private bool TryNext(bool startsGroup, out SentEvent sent)
    {
        sent = default;

        // Events of a group are sent together: one look at the clock is for all of them.
        if (startsGroup)
            _now = settings.TimeProvider.GetTimestamp();

        while (answers.Refusal is null && !link.Broken.IsCancellationRequested
            && window.TryNext(_now, startsGroup, out sent))
        {
            if (link.Problem(sent.Event) is not { } problem)
                return true;

            // Sending it would end the connection, again and again.
            answers.Reject(sent.Slot, problem);
        }

        return false;
    }

    private async ValueTask WaitForReadersAsync(CancellationToken cancellationToken)
    {
        if (!settings.LiveStarts.Any)
            return;

        await link.FlushAsync().ConfigureAwait(false);
        await settings.LiveStarts.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
