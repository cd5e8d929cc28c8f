using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests.Security;

/// <summary>Secrets are in no log, exception, activity, metric or health text, whatever goes wrong; and texts of events cannot forge lines of a log.</summary>
public sealed class SecretTests : IAsyncDisposable
{
    private const int Deadline = 90_000;
    private const string Seed = "SUAOBFVHF4ZWKTBJ6QP4C362WLBBBFIE7ENFTPYKUGZ3M2ESOXY353LXDI";

    private const string User = "ann";

    private static readonly string[] Secrets = ["secret-password-17", "secret-token-17", Seed];

    private readonly EveryText _seen = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = Deadline)]
    [InlineData("right")]
    [InlineData("refused")]
    [InlineData("away")]
    public async Task None_is_in_what_anybody_gets_to_see(string server)
    {
        var (user, password) = (User, Secrets[0]);
        await using var nats = await NatsServer.StartAsync(
            new NatsServerOptions { Configuration = $$"""authorization { users: [ { user: "{{(server == "refused" ? "nobody" : user)}}", password: "{{password}}" } ] }""" }, Token);
        if (server == "away")
            nats.Kill();

        // In the address, where people put them, and in the connection's options.
        foreach (var before in (string[])[$"{user}:{password}", Secrets[1]])
        {
            var address = nats.Url.Replace("nats://", $"nats://{before}@", StringComparison.Ordinal);
            await WorkAsync(new JetStreamEventStore(RoleWork.Options, StreamAt(address), _seen), nats);
        }

        foreach (var credentials in (NatsAuthOpts[])
            [new() { Username = user, Password = password }, new() { Token = Secrets[1] }, new() { NKey = "UBIWK4X3RXCPJ4CMIAVLAFDFABMLCCMZDDLAO5OZZ2265MDLXUTOGO4B", Seed = Seed }])
        {
            await using var connection = new NatsConnection(new NatsOpts { Url = nats.Url, AuthOpts = credentials, LoggerFactory = _seen, MaxReconnectRetry = 1 });
            await WorkAsync(new JetStreamEventStore(connection, RoleWork.Options, StreamAt(nats.Url), _seen), nats);
        }

        Assert.NotEmpty(_seen.Texts);
        Assert.All(Secrets, secret => Assert.DoesNotContain(_seen.Texts, text => text.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_secret_that_is_there_would_be_found()
    {
        await _seen.TryAsync(static () => throw new InvalidOperationException("outer", new InvalidOperationException(Secrets[0])));

        Assert.Contains(_seen.Texts, static text => text.Contains(Secrets[0], StringComparison.Ordinal));
    }

    [Fact(Timeout = Deadline)]
    public async Task What_events_say_makes_no_lines_in_a_log()
    {
        const string Forged = "job\r\n2026-01-01 [ERR] forged\u001b[31m\u0000\u2028";
        await using var store = new InMemoryJobEventStore();
        await using var logger = new JobEventLogger(store, new NaqEventsOptions(), _seen);
        logger.Log(new JobEvent(Forged, JobEventType.Failed) { Message = Forged, ErrorMessage = Forged });
        _ = await logger.FlushAsync(Token);
        await using var processor = new JobEventProcessor(
            store, new JobEventProcessorOptions { Name = "p", MaxDeliver = 1, Start = JobEventStart.Beginning }, loggerFactory: _seen);
        processor.AddHandlers(new Runtime.Tests.Processing.EveryHandlers((_, context, _) =>
        {
            context.DeadLetter(Forged);
            return default;
        }));
        await processor.StartAsync(Token);
        await Eventually.TrueAsync(async () => await processor.DeadLetters!.CountAsync(cancellationToken: Token) == 1, null, "it is given up");
        await processor.StopAsync(Token);

        Assert.Contains(_seen.Texts, static text => text.Contains("forged", StringComparison.Ordinal));
        Assert.DoesNotContain(_seen.Texts, static text => text.Any(static character => char.IsControl(character) || character is '\u2028' or '\u2029'));
    }

    public ValueTask DisposeAsync()
    {
        _seen.Dispose();
        return default;
    }

    private static JetStreamOptions StreamAt(string url) => new() { Url = url, Timeout = TimeSpan.FromSeconds(1), UseJobView = false };

    private async Task WorkAsync(JetStreamEventStore store, NatsServer server)
    {
        await using var _ = store;
        await _seen.TryAsync(async () => await store.InitializeAsync(Token));
        await _seen.TryAsync(async () => await store.CountAsync(cancellationToken: Token));
        var options = new NaqEventsOptions { Environment = "prod", Service = "shop", Logger = { DrainTimeout = TimeSpan.FromMilliseconds(500) } };
        await using (var logger = new JobEventLogger(store, options, _seen))
        {
            logger.Log(new JobEvent("job", JobEventType.Started));
            if (server.ProcessId != 0 && (await store.CheckHealthAsync(Token)).IsHealthy)
            {
                Assert.Equal(0, (await logger.FlushAsync(Token)).Remaining);
                await server.RestartAsync(Token);
            }
        }

        _seen.Add((await store.CheckHealthAsync(Token)).Description);
        _seen.Add(store.ToString()!);
    }

    /// <summary>Everything that is logged, traced, measured or thrown, as texts.</summary>
    private sealed class EveryText : ILogger, ILoggerFactory
    {
        private readonly ConcurrentQueue<string> _texts = new();
        private readonly ActivityListener _activities;
        private readonly MeterListener _meters = new();

        public EveryText()
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = static _ => true,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => Add($"{activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}"))}"),
            };
            ActivitySource.AddActivityListener(_activities);
            _meters.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
            _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => AddTags(tags));
            _meters.SetMeasurementEventCallback<double>((_, _, tags, _) => AddTags(tags));
            _meters.Start();
        }

        public IReadOnlyCollection<string> Texts => _texts;

        public void Add(string text) => _texts.Enqueue(text);

        public async Task TryAsync(Func<Task> work)
        {
            try
            {
                await work();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Add(exception.ToString().ReplaceLineEndings(" "));
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Add(formatter(state, exception));
            if (exception is not null)
                Add(exception.ToString().ReplaceLineEndings(" "));
        }

        public void Dispose()
        {
            _activities.Dispose();
            _meters.Dispose();
        }

        private void AddTags(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
                Add($"{tag.Key}={tag.Value}");
        }
    }
}
