using System.Threading.Channels;

namespace Quickstart;

/// <summary>A bounded queue of jobs. It ends when its producer is done and every job has come to its end.</summary>
public sealed class FileQueue(TimeProvider timeProvider)
{
    private const int Capacity = 256;

    private readonly Channel<FileHashJob> _channel = Channel.CreateBounded<FileHashJob>(Capacity);
    private int _open = 1; // the producer, and the jobs that have not come to their end

    /// <summary>Puts a new job in, waiting for room.</summary>
    public ValueTask EnqueueAsync(FileHashJob job)
    {
        _ = Interlocked.Increment(ref _open);
        return _channel.Writer.WriteAsync(job with { QueuedAt = timeProvider.GetTimestamp() });
    }

    /// <summary>Puts a job in again after a delay; at once when the work is stopped, so that its end is logged.</summary>
    public async Task EnqueueLaterAsync(FileHashJob job, TimeSpan delay, CancellationToken stop)
    {
        await Task.Delay(delay, timeProvider, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _channel.Writer.WriteAsync(job with { QueuedAt = timeProvider.GetTimestamp() }, CancellationToken.None);
    }

    /// <summary>Takes jobs until the queue ends.</summary>
    public IAsyncEnumerable<FileHashJob> DequeueAllAsync() => _channel.Reader.ReadAllAsync();

    /// <summary>The producer has no more jobs, or a job has come to its end.</summary>
    public void Done()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _channel.Writer.Complete();
    }
}
