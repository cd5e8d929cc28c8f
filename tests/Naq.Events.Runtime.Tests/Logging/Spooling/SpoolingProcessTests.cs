using System.Globalization;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Logging.Spooling;

/// <summary>What a process leaves in its spool. Apart from the other tests, which need no process to be built.</summary>
public sealed class SpoolingProcessTests : IDisposable
{
    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_process_loses_nothing_that_its_log_calls_had_accepted()
    {
        IReadOnlyList<int> logged;
        await using (var process = new LoggingProcess(_folder.Path, "4", "50"))
        {
            await process.LogsAsync(50_000);
            await process.KillAsync();
            logged = process.Logged;
        }

        var store = new RecordingStore();
        var options = new NaqEventsOptions { Environment = "test", Service = "shop" };
        options.Logger.Overflow = JobEventOverflow.Spool;
        options.Logger.Spool.Directory = _folder.Path;
        await using var logger = new JobEventLogger(store, options, _folder.Log);
        Assert.True((await logger.FlushAsync()).Completed);
        for (var thread = 0; thread < logged.Count; thread++)
        {
            var numbers = store.Events
                .Where(jobEvent => jobEvent.WorkerId == thread.ToString(CultureInfo.InvariantCulture))
                .Select(static jobEvent => int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture))
                .ToList();
            Assert.True(numbers.Count >= logged[thread]);
            Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        }

        Assert.Empty(_folder.Log.Of(122));
    }
}
