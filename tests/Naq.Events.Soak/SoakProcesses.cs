using System.Globalization;
using Naq.Events.Testing;

namespace Naq.Events.Soak;

/// <summary>
/// Two loggers, of which one is killed now and then; a processor of one process, which is never killed; one of several processes, which are; and one whose
/// processes keep the order of each job between them.
/// </summary>
internal sealed class SoakProcesses : IAsyncDisposable
{
    private const int MostProcesses = 4;

    // Seconds, and more than a process is ever frozen for.
    private const int AckWait = 30;
    private const int Shares = 4;

    private readonly SoakServers _servers;
    private readonly SoakOptions _options;
    private readonly string _directory = Directory.CreateTempSubdirectory("naq-soak-").FullName;
    private readonly List<SoakLogger> _loggers = [];
    private readonly List<SoakProcessor> _several = [];
    private readonly List<SoakProcessor> _ordered = [];
    private SoakProcessor _only;

    public SoakProcesses(SoakServers servers, SoakOptions options)
    {
        (_servers, _options) = (servers, options);
        SteadyLogger = StartLogger("steady");
        _ = StartLogger("killed");
        _only = StartOnly();
        _several.Add(StartSeveral());
        _several.Add(StartSeveral());
        _ordered.Add(StartOrdered());
        _ordered.Add(StartOrdered());
    }

    /// <summary>Never killed.</summary>
    public SoakLogger SteadyLogger { get; }

    /// <summary>Never killed, and of several.</summary>
    public SoakProcessor SteadyProcessor => _several[0];

    /// <summary>All that ever logged.</summary>
    public IReadOnlyList<SoakLogger> Loggers => _loggers;

    /// <summary>What the processor of one process has handled.</summary>
    public Handlings Only { get; } = new();

    /// <summary>What the processor of several has handled.</summary>
    public Handlings Several { get; } = new();

    /// <summary>What the processor of processes that keep the order has handled.</summary>
    public Handlings Ordered { get; } = new();

    public long Logged => _loggers.Sum(static logger => (long)logger.Logged);

    /// <summary>The end of what each process that runs has logged.</summary>
    public string Logs
    {
        get
        {
            const int Shown = 2_000;
            (string Name, KilledProcess Process)[] running =
            [
                ("logger", SteadyLogger),
                ("logger that is killed", _loggers[^1]),
                ("only processor", _only),
                .. _several.Select(static processor => ("processor of several", (KilledProcess)processor)),
                .. _ordered.Select(static processor => ("processor in order", (KilledProcess)processor)),
            ];
            return string.Join('\n', running.Select(one => $"--- {one.Name}\n{one.Process.Log[Math.Max(0, one.Process.Log.Length - Shown)..]}"));
        }
    }

    public KilledProcess AnyProcessor(Random random)
    {
        List<SoakProcessor> all = [_only, .. _several, .. _ordered];
        return all[random.Next(all.Count)];
    }

    /// <summary>Kills the one logger, and starts another with what it left behind.</summary>
    public async Task KillLoggerAsync()
    {
        await _loggers[^1].KillAsync();
        _ = StartLogger("killed");
    }

    /// <summary>Kills one of several processes, and starts another.</summary>
    public async Task KillProcessorAsync()
    {
        await _several[^1].KillAsync();
        _several[^1] = StartSeveral();
    }

    /// <summary>Kills a process of those that keep the order, the first that was started, and starts another.</summary>
    public async Task KillOrderedAsync()
    {
        await _ordered[0].KillAsync();
        _ordered.RemoveAt(0);
        _ordered.Add(StartOrdered());
    }

    /// <summary>Has such a process stop in good order, and another start.</summary>
    public async Task RestartOrderedAsync()
    {
        await _ordered[0].StopAsync();
        _ordered.RemoveAt(0);
        _ordered.Add(StartOrdered());
    }

    /// <summary>Has another process join the several.</summary>
    public Task JoinAsync()
    {
        if (_several.Count < MostProcesses)
            _several.Insert(1, StartSeveral());

        return Task.CompletedTask;
    }

    /// <summary>Has one of the several leave in good order.</summary>
    public async Task LeaveAsync()
    {
        if (_several.Count <= 2)
            return;

        var leaving = _several[1];
        _several.RemoveAt(1);
        await leaving.StopAsync();
    }

    /// <summary>Has the processor of one process stop in good order, and another go on.</summary>
    public async Task RestartOnlyAsync()
    {
        await _only.StopAsync();
        _only = StartOnly();
    }

    /// <summary>Has the loggers end in good order: what they have logged is stored then.</summary>
    public async Task StopLoggersAsync()
    {
        await SteadyLogger.StopAsync();
        await _loggers[^1].StopAsync();
    }

    /// <summary>Has the processors end in good order.</summary>
    public async Task StopProcessorsAsync()
    {
        foreach (var processor in _several.Concat(_ordered).Append(_only))
            await processor.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _loggers.Concat<KilledProcess>(_several).Concat(_ordered).Append(_only))
            await process.DisposeAsync();

        Directory.Delete(_directory, recursive: true);
    }

    private SoakLogger StartLogger(string kind)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{_loggers.Count}");
        var rate = (_options.Rate / 2).ToString(CultureInfo.InvariantCulture);
        var logger = new SoakLogger(name, _servers.Url, $"{_options.Nodes}", Path.Combine(_directory, kind), name, rate);
        _loggers.Add(logger);
        return logger;
    }

    private SoakProcessor StartOnly() => new(_servers.Url, _options.Nodes, "only", JobEventOrdering.PerJob, AckWait, Only);

    private SoakProcessor StartOrdered() => new(_servers.Url, _options.Nodes, "ordered", JobEventOrdering.PerJobAcrossInstances, AckWait, Ordered, Shares);

    private SoakProcessor StartSeveral() => new(_servers.Url, _options.Nodes, "several", JobEventOrdering.PerJob, AckWait, Several);
}
