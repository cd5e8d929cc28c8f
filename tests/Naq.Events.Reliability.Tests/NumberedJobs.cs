using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Naq.Events.JetStream.Tests;
using Naq.Events.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Naq.Events.Reliability.Tests;

/// <summary>
/// A logger as a service has one, and jobs whose events are numbered: the number is the event's message, and the job is the one of
/// the number's remainder.
/// </summary>
internal sealed class NumberedJobs : IAsyncDisposable
{
    public const int Jobs = 16;
    public const string Stream = "naq_events";

    private const int Step = 100;

    // Servers that share two processors may take most of a minute to elect a leader.
    private static readonly TimeSpan StoredDeadline = TimeSpan.FromSeconds(90);

    private static readonly string[] JobIds = [.. Enumerable.Range(0, Jobs).Select(job => string.Create(CultureInfo.InvariantCulture, $"job-{job}"))];

    private readonly string _url;
    private readonly NatsConnection? _client;
    private int _next;

    public NumberedJobs(
        string url,
        Action<JobEventLoggerOptions>? configure = null,
        Action<JetStreamOptions>? stream = null,
        NatsOpts? client = null,
        TimeProvider? timeProvider = null)
    {
        _url = url;
        Options = new NaqEventsOptions { Environment = "test", Service = "shop" };
        Options.Logger.RetryDelay = TimeSpan.FromMilliseconds(100);
        Options.Logger.OnLoss = Losses.Enqueue;
        configure?.Invoke(Options.Logger);
        var streamOptions = new JetStreamOptions { Url = url, Timeout = TimeSpan.FromSeconds(2) };
        stream?.Invoke(streamOptions);
        _client = client is null ? null : new NatsConnection(client);
        Store = _client is null
            ? new JetStreamEventStore(Options, streamOptions, Log, timeProvider)
            : new JetStreamEventStore(_client, Options, streamOptions, Log, timeProvider);
        Logger = new JobEventLogger(Store, Options, Log, timeProvider);
    }

    public NaqEventsOptions Options { get; }

    public TestLog Log { get; } = new();

    public ConcurrentQueue<JobEventLoss> Losses { get; } = new();

    public JetStreamEventStore Store { get; }

    public JobEventLogger Logger { get; }

    /// <summary>The events logged so far.</summary>
    public int Logged => Volatile.Read(ref _next);

    /// <summary>Logs the next events, waiting for room where there is none.</summary>
    public async Task LogAsync(int count, CancellationToken cancellationToken)
    {
        for (; count > 0; count--)
        {
            await Logger.LogAsync(Event(_next), cancellationToken);
            Volatile.Write(ref _next, _next + 1);
        }
    }

    /// <summary>Has all that is done meanwhile done under load.</summary>
    /// <param name="faults">What is done.</param>
    /// <param name="ahead">How many events may be without an acknowledgement; as many as the buffer holds by default.</param>
    /// <param name="rate">How many events a second at the most; as many as it can by default.</param>
    public async Task WhileLoggingAsync(Func<Task> faults, int ahead = int.MaxValue, int rate = int.MaxValue)
    {
        using var stop = new CancellationTokenSource();
        var logging = Task.Run(() => LogUntilAsync(ahead, rate, stop.Token));
        await faults();
        await stop.CancelAsync();
        await logging;
    }

    /// <summary>Waits until the log has a warning with this text.</summary>
    public Task WarnedAsync(string text) => Eventually.TrueAsync(
        () => Log.Warnings.Any(warning => warning.Contains(text, StringComparison.Ordinal)), TimeSpan.FromSeconds(20), $"'{text}' is logged");

    /// <summary>Waits until the stream has so many messages, asked for with a plain client.</summary>
    public async Task StoredAsync(long count, CancellationToken cancellationToken)
    {
        await using var client = StoredNumbers.Connect(_url);
        var jetStream = new NatsJSContext(client);
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await jetStream.GetStreamAsync(Stream, cancellationToken: cancellationToken)).Info.State.Messages >= count;
                }
                catch (NatsException)
                {
                    return false;
                }
            },
            StoredDeadline,
            $"{count} events are in the stream");
    }

    /// <summary>Flushes, then reads the stream and asserts that it holds each logged event once, a job's in their order.</summary>
    public async Task AssertEachStoredOnceInOrderAsync(CancellationToken cancellationToken, string? url = null)
    {
        var flushed = await Logger.FlushAsync(cancellationToken);
        Assert.Equal(0, flushed.Remaining);
        Assert.Empty(Losses);
        await StoredNumbers.AssertAllAsync(url ?? _url, Logged, cancellationToken);
    }

    /// <summary>As above, but a number of events may have come after a later one of their job.</summary>
    public async Task AssertEachStoredOnceAsync(int late, CancellationToken cancellationToken)
    {
        var flushed = await Logger.FlushAsync(cancellationToken);
        Assert.Equal(0, flushed.Remaining);
        Assert.Empty(Losses);
        await StoredNumbers.AssertAllAsync(_url, Logged, late, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Logger.DisposeAsync();
        await Store.DisposeAsync();
        if (_client is not null)
            await _client.DisposeAsync();

        ((IDisposable)Log).Dispose();
    }

    private static JobEvent Event(int number) => new(JobIds[number % Jobs], JobEventType.Started)
    {
        Message = number.ToString(CultureInfo.InvariantCulture),
    };

    private async Task LogUntilAsync(int ahead, int rate, CancellationToken stop)
    {
        var began = Stopwatch.StartNew();
        for (var logged = 0L; !stop.IsCancellationRequested; logged += Step)
        {
            await LogAsync(Step, CancellationToken.None);
            await Eventually.TrueAsync(
                () => stop.IsCancellationRequested || (Logger.Meter.Depth().Events <= ahead && logged <= began.Elapsed.TotalSeconds * rate),
                TimeSpan.FromSeconds(60),
                "what was logged is acknowledged, and it is time for more");
        }
    }
}
