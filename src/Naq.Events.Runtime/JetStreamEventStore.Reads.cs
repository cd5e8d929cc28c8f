using System.Runtime.CompilerServices;
using Naq.Events.JetStream;

namespace Naq.Events;

public sealed partial class JetStreamEventStore
{
    private long _skippedMessages;

    /// <summary>Messages that were not events of jobs and were passed over, in all reads.</summary>
    internal long SkippedMessages => Volatile.Read(ref _skippedMessages);

    /// <inheritdoc/>
    /// <remarks>
    /// It goes on over reconnects and restarts of the server, with no gap and no repetition. From <see cref="JobEventStart.New"/>
    /// it sees every event that this process appends or logs after the first call of <c>MoveNextAsync</c>, awaited or not.
    /// </remarks>
    public async IAsyncEnumerable<JobEvent> StreamAsync(
        JobEventFilter? filter = null,
        JobEventStart start = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var starting = _liveStarts.Begin();
        var subjects = _subjects.Of(filter);
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var messages = new LiveReader(session.Consumers, _readRetry, _subjects.Prefix, _logger)
            .ReadAsync(subjects, start.FirstSequence, starting.Dispose, either.Token);
        await foreach (var jobEvent in EventsAsync(messages, cancellationToken).ConfigureAwait(false))
            yield return jobEvent;
    }

    /// <summary>Passes over what is no event, and puts what goes wrong in words.</summary>
    private async IAsyncEnumerable<JobEvent> EventsAsync(
        IAsyncEnumerable<StoredMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var enumerator = messages.GetAsyncEnumerator(CancellationToken.None);
        await using var ending = enumerator.ConfigureAwait(false);
        while (true)
        {
            try
            {
                if (!await enumerator.MoveNextAsync().ConfigureAwait(false))
                    yield break;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && _disposed.IsCancellationRequested)
            {
                throw new ObjectDisposedException(nameof(JetStreamEventStore));
            }
            catch (Exception exception) when (Explain(exception, $"The stream '{_options.StreamName}' cannot be read") is { } failure)
            {
                throw failure;
            }

            var (sequence, jobEvent, problem) = enumerator.Current;
            if (jobEvent is not null)
            {
                yield return jobEvent;
                continue;
            }

            _ = Interlocked.Increment(ref _skippedMessages);
            JetStreamLog.MessageSkipped(_logger, _options.StreamName, sequence, problem ?? "");
        }
    }
}
