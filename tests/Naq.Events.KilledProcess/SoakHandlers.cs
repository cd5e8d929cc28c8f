using System.Globalization;
using System.Text;
using Naq.Events.CompilerServices;
using Naq.Events.Testing;

namespace Naq.Events.KilledProcess;

/// <summary>
/// Says <c>handled</c> or <c>failed</c>, and <c>sequence delivery milliseconds number job</c>, of each event. One in a hundred fails at first; one in twenty takes its time.
/// </summary>
internal sealed class SoakHandlers : IJobEventHandlers<SoakHandlers>, IAsyncDisposable
{
    private const int FailingOf = 100;
    private const int SlowOf = 20;

    private static readonly TimeSpan SlowTime = TimeSpan.FromMilliseconds(2);

    private static readonly JobEventHandler<SoakHandlers>[] Table =
        [new("SoakHandlers.On", static (self, jobEvent, context, token) => self.OnAsync(jobEvent, context, token)) { NeedsContext = true }];

    private readonly Lock _lock = new();
    private readonly Stream _output = Console.OpenStandardOutput();
    private readonly byte[] _line = new byte[256];

    public static IReadOnlyList<string> HandledEvents => [];

    public static ReadOnlySpan<JobEventHandler<SoakHandlers>> GetHandlers(JobEventType type, string eventName) => Table;

    public ValueTask DisposeAsync() => _output.DisposeAsync();

    private async ValueTask OnAsync(JobEvent jobEvent, JobEventContext context, CancellationToken cancellationToken)
    {
        var number = int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture);
        if (number % FailingOf == 1 && context.Delivery == 1)
        {
            Say("failed", jobEvent, context);
            throw new InvalidOperationException($"{number} fails at first.");
        }

        if (number % SlowOf == 0)
            await Forever.WaitAsync(SlowTime, cancellationToken);

        // Written to the pipe before the handler ends: a process that is killed later has said it.
        Say("handled", jobEvent, context);
    }

    private void Say(string what, JobEvent jobEvent, JobEventContext context)
    {
        var late = (long)(TimeProvider.System.GetUtcNow() - jobEvent.Timestamp).TotalMilliseconds;
        lock (_lock)
        {
            _ = Encoding.UTF8.TryGetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{what} {context.Sequence} {context.Delivery} {late} {jobEvent.Message} {jobEvent.JobId}\n"), _line, out var written);
            _output.Write(_line, 0, written);
        }
    }
}
