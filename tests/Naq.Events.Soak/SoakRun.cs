using System.Diagnostics;
using System.Globalization;
using Naq.Events.Testing;

namespace Naq.Events.Soak;

/// <summary>Logs and handles events over servers, networks and processes that fail, then looks whether every promise held.</summary>
internal sealed class SoakRun : IAsyncDisposable
{
    public const string Stream = "naq_events";

    // Over the time, and one at its end.
    private const int MemorySamples = 6;

    // Not a limit that is promised: a standstill is told from a slow machine by it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly SoakOptions _options;
    private readonly TextWriter _progress;
    private readonly SoakServers _servers;
    private readonly SoakProcesses _processes;
    private readonly SoakReport _report = new();
    private readonly SortedDictionary<string, int> _inflicted = new(StringComparer.Ordinal);
    private readonly List<(string Name, long MiB)[]> _memory = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private SoakRun(SoakOptions options, TextWriter progress, SoakServers servers)
    {
        (_options, _progress, _servers) = (options, progress, servers);
        _processes = new SoakProcesses(servers, options);
    }

    public static async Task<SoakRun> StartAsync(SoakOptions options, TextWriter progress) => new(options, progress, await SoakServers.StartAsync(options));

    public async Task<SoakReport> RunAsync()
    {
        _report.Say("run", $"{_options.Time.TotalMinutes:0.##} minutes, seed {_options.Seed}, {_options.Nodes} server(s) {_options.Server}, {_options.Rate} events/s");
        await ProgressesAsync();
        await InflictAsync();
        await ProgressesAsync();
        _memory.Add(Memory());

        await _processes.StopLoggersAsync();
        var stored = await StoredEvents.ReadAsync(_servers.DirectUrl);
        var handled = await CatchesUpAsync(stored.Sequences.Count);
        var deadLetters = await DeadLettersAsync();
        await _processes.StopProcessorsAsync();
        Report(stored, deadLetters, handled);
        _report.Say("memory, MiB", $"{string.Join("; ", _memory[0].Select((who, i) => $"{who.Name} {string.Join(", ", _memory.Select(sample => sample[i].MiB))}"))}");
        return _report;
    }

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        await _servers.DisposeAsync();
    }

    private async Task InflictAsync()
    {
        const double OverlapShare = 0.2;
        var random = new Random(_options.Seed);
        using var over = new CancellationTokenSource(_options.Time - _clock.Elapsed is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System);
        var faults = new SoakFaults(_servers, _processes, over.Token).All;
        while (!over.IsCancellationRequested)
        {
            if (_clock.Elapsed >= _options.Time * _memory.Count / MemorySamples)
                _memory.Add(Memory());

            var fault = faults[random.Next(faults.Count)];
            var second = faults[random.Next(faults.Count)];
            var both = random.NextDouble() < OverlapShare && fault.MayOverlap && second.MayOverlap && fault != second;

            // Each has numbers of its own: what one draws does not depend on how fast the other goes.
            await Task.WhenAll(InflictAsync(fault, random.Next()), both ? InflictAsync(second, random.Next()) : Task.CompletedTask);
            await ProgressesAsync();

            // Until the next one, so much is logged in peace.
            var peace = _processes.Logged + (_options.Rate * random.Next(100, 5_000) / 1_000);
            await Eventually.TrueAsync(() => over.IsCancellationRequested || _processes.Logged >= peace, Patience, "events are logged");
        }
    }

    private async Task InflictAsync(SoakFault fault, int seed)
    {
        await _progress.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{_clock.Elapsed:hh\\:mm\\:ss} {_processes.Logged} logged, {_processes.Only.Count}, {_processes.Several.Count} and {_processes.Ordered.Count} handled: {fault.Name}"));
        _inflicted[fault.Name] = _inflicted.GetValueOrDefault(fault.Name) + 1;
        await fault.InflictAsync(new Random(seed));
    }

    /// <summary>Events are logged and handled again.</summary>
    private async Task ProgressesAsync()
    {
        var (logged, only, several, ordered) = (_processes.Logged, _processes.Only.Count, _processes.Several.Count, _processes.Ordered.Count);
        var some = Math.Max(_options.Rate / 2, 1);
        try
        {
            await Eventually.TrueAsync(
                () => _processes.Logged >= logged + some && _processes.Only.Count >= only + some && _processes.Several.Count >= several + some
                    && _processes.Ordered.Count >= ordered + some,
                Patience,
                "events are logged and handled");
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException(
                $"{exception.Message}\nlogged {logged} -> {_processes.Logged}, handled {only} -> {_processes.Only.Count}, {several} -> {_processes.Several.Count} and {ordered} -> {_processes.Ordered.Count}\n{_processes.Logs}", exception);
        }
    }

    private async Task<bool> CatchesUpAsync(int count)
    {
        try
        {
            await Eventually.TrueAsync(() => _processes.Only.Count >= count && _processes.Several.Count >= count && _processes.Ordered.Count >= count, Patience, "all is handled");
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<long> DeadLettersAsync()
    {
        await using var store = new JetStreamEventStore(
            new NaqEventsOptions { Environment = "test", Service = "shop" }, new JetStreamOptions { Url = _servers.DirectUrl });
        return await new JobEventDeadLetters(store, "only").CountAsync() + await new JobEventDeadLetters(store, "several").CountAsync()
            + await new JobEventDeadLetters(store, "ordered").CountAsync();
    }

    private void Report(StoredEvents stored, long deadLetters, bool caughtUp)
    {
        _report.Say("faults", $"{_inflicted.Values.Sum()}: {string.Join(", ", _inflicted.Select(static fault => $"{fault.Value} {fault.Key}"))}");
        _report.Say("log calls that returned", $"{_processes.Logged:N0} by {_processes.Loggers.Count} processes");
        _report.Say("stored", $"{stored.Sequences.Count:N0}");
        _report.SayNone("lost", _processes.Loggers.Sum(logger => (long)stored.Missing(logger.Name, logger.Logged)));
        _report.SayNone("told to be lost", _processes.Loggers.Sum(static logger => logger.Lost));
        _report.SayNone("stored twice", stored.Repeated);
        _report.SayNone("stored out of order", stored.OutOfOrder);
        _report.SayTimes("logged to stored", stored.Late);
        Report("one process", _processes.Only, stored);
        _report.SayNone("  out of order", _processes.Only.OutOfOrder, _processes.Only.Problems);
        Report("several processes", _processes.Several, stored);
        _report.Say("  out of order", $"{_processes.Several.OutOfOrder:N0}, which is not promised across processes");
        Report("in order across processes", _processes.Ordered, stored);
        _report.SayNone("  out of order", _processes.Ordered.OutOfOrder, _processes.Ordered.Problems);
        _report.SayNone("dead letters", deadLetters);
        if (!caughtUp)
            _report.SayNone("processors that stand still", 1);
    }

    private void Report(string who, Handlings handlings, StoredEvents stored)
    {
        _report.Say($"{who}: handled", $"{handlings.Count:N0}, and {handlings.Repeated:N0} times again");
        _report.SayNone("  not handled", stored.Sequences.Count(sequence => !handlings.Has(sequence)));
        _report.Say("  after later ones", $"{handlings.Late:N0}, whose first delivery was lost on its way");
        _report.SayTimes("  logged to handled", handlings.Times);
    }

    private (string Name, long MiB)[] Memory() =>
    [
        ("logger", Resident(_processes.SteadyLogger.Id)),
        ("processor", Resident(_processes.SteadyProcessor.Id)),
        .. _servers.Nodes.Select(static node => ("server", Resident(node.ProcessId))),
    ];

    private static long Resident(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64 / 1024 / 1024;
    }
}
