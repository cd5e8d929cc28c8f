using System.Runtime.CompilerServices;
using Naq.Events.Diagnostics;
using Naq.Events.JetStream;

namespace Naq.Events;

public sealed partial class JetStreamEventStore
{
    private long _skippedMessages;

    /// <summary>Messages that were not events of jobs and were passed over, in all reads.</summary>
    internal long SkippedMessages => Volatile.Read(ref _skippedMessages);

    /// <summary>Passes over what is no event, and puts what goes wrong in words.</summary>
    private async IAsyncEnumerable<JobEvent> EventsAsync(
        IAsyncEnumerable<StoredMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in ExplainedAsync(messages, cancellationToken).ConfigureAwait(false))
        {
            if (message.Event is { } jobEvent)
                yield return jobEvent;
            else
                Skip(message);
        }
    }

    private void Skip(in StoredMessage message)
    {
        _ = Interlocked.Increment(ref _skippedMessages);
        JetStreamLog.MessageSkipped(_logger, _options.StreamName, message.Sequence, LogText.Of(message.Problem ?? ""));
    }

    /// <summary>Puts what goes wrong in words.</summary>
    private async IAsyncEnumerable<T> ExplainedAsync<T>(IAsyncEnumerable<T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var enumerator = read.GetAsyncEnumerator(CancellationToken.None);
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

            yield return enumerator.Current;
        }
    }
}
