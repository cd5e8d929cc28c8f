using Naq.Events.Testing;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Tests.Security;

/// <summary>The users of docs/security/roles.conf: each can do its work, and nothing beyond it.</summary>
public sealed class RoleTests : IAsyncDisposable
{
    private const int Deadline = 120_000;

    private static readonly Dictionary<string, string> Passwords = new()
    {
        ["logger"] = "change-me-1",
        ["reader"] = "change-me-2",
        ["processor"] = "change-me-3",
        ["operator"] = "change-me-4",
    };

    private readonly List<IAsyncDisposable> _open = [];
    private readonly TestLog _log = new();
    private NatsServer? _server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = Deadline)]
    [InlineData("2.15", false, 1)]
    [InlineData("2.15", true, 1)]
    [InlineData("2.15", true, 2)]
    [InlineData("2.10", true, 2)]
    public async Task Each_role_can_do_its_work(string version, bool parksAndRecords, int shares)
    {
        await StartAsync(version);
        await Open("operator").InitializeAsync(Token);

        await RoleWork.LogAsync(Open("logger"));
        await RoleWork.ReadAsync(Open("reader"));
        await RoleWork.ProcessAsync(Open("processor"), "billing", options =>
        {
            options.OnDeadLetter = parksAndRecords ? JobEventDeadLetterOrder.ParkJob : JobEventDeadLetterOrder.Continue;
            options.IdempotencyWindow = parksAndRecords ? TimeSpan.FromHours(1) : null;
            options.ConfirmAcknowledgements = parksAndRecords;
            options.Ordering = parksAndRecords ? JobEventOrdering.PerJobAcrossInstances : JobEventOrdering.PerJob;
            options.Shares = shares;
        });
        Assert.Equal(1, await Open("operator").DeleteByJobAsync("job-1", Token));

        Assert.DoesNotContain(_server!.Log.Split('\n'), static line => line.Contains("Violation", StringComparison.Ordinal));
        Assert.Empty(_log.Warnings);
    }

    [Theory(Timeout = Deadline)]
    [InlineData("logger")]
    [InlineData("reader")]
    public async Task Neither_logger_nor_reader_can_remove_anything(string role)
    {
        await StartWithEventsAsync();
        var store = Open(role);

        await RefusedAsync("STREAM.PURGE.naq_events", async () => await store.DeleteAllAsync(Token));
        await RefusedAsync("STREAM.PURGE.naq_events", async () => await store.DeleteByJobAsync("job-1", Token));
        await RefusedAsync("STREAM.MSG.DELETE.naq_events", async () => await store.EraseAsync(1, Token));
        foreach (var request in (string[])["STREAM.DELETE.naq_events", "STREAM.UPDATE.naq_events", "STREAM.PURGE.naq_events", "STREAM.CREATE.other"])
            Assert.True(await IsSilentAsync(role, $"$JS.API.{request}"), request);

        Assert.Equal(10, await Open("operator").CountAsync(cancellationToken: Token));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_logger_cannot_read()
    {
        await StartWithEventsAsync();
        var store = Open("logger");

        await RefusedAsync("DIRECT.GET.naq_events", async () => await store.GetByJobAsync("job-1", cancellationToken: Token).ToListAsync(Token));
        await RefusedAsync("CONSUMER.CREATE.naq_events", async () => await store.CountAsync(JobEventFilter.ForTypes(JobEventType.Started), Token));
        foreach (var request in (string[])["DIRECT.GET.naq_events", "STREAM.MSG.GET.naq_events", "CONSUMER.CREATE.naq_events.mine", "CONSUMER.NAMES.naq_events"])
            Assert.True(await IsSilentAsync("logger", $"$JS.API.{request}"), request);

        Assert.False(await HearsAsync("logger", "naq.events.>"));
        Assert.True(await HearsAsync("operator", "naq.events.>"));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_logger_writes_for_its_own_service_and_a_reader_for_none()
    {
        await StartWithEventsAsync();

        Assert.False(await IsStoredAsync("logger", "naq.events.prod.billing.job.started"));
        Assert.False(await IsStoredAsync("logger", "naq.events.dev.shop.job.started"));
        Assert.False(await IsStoredAsync("reader", "naq.events.prod.shop.job.started"));
        Assert.False(await IsStoredAsync("processor", "naq.events.prod.shop.job.started"));
        Assert.True(await IsStoredAsync("logger", "naq.events.prod.shop.job.started"));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_logger_of_another_service_says_which_permission_it_lacks_and_loses_nothing_until_it_is_told_to()
    {
        await StartWithEventsAsync();
        await using var connection = Connect("logger");
        var options = new NaqEventsOptions { Environment = "prod", Service = "billing" };
        await using var store = new JetStreamEventStore(connection, options, new JetStreamOptions { Timeout = TimeSpan.FromSeconds(2) }, _log);
        var losses = new List<JobEventLoss>();
        options.Logger.OnLoss = losses.Add;
        options.Logger.DrainTimeout = TimeSpan.FromSeconds(1);
        await using (var logger = new JobEventLogger(store, options, _log))
        {
            logger.Log(new JobEvent("job", JobEventType.Started));
            await Eventually.TrueAsync(
                () => _log.Warnings.Any(static warning => warning.Contains("naq.events.prod.billing.job.started", StringComparison.Ordinal)),
                TimeSpan.FromSeconds(20),
                "the subject is named");
            Assert.Empty(losses);
        }

        Assert.Equal(JobEventLossKind.Abandoned, Assert.Single(losses).Kind);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_logger_that_may_not_read_goes_on_after_an_outage_longer_than_the_duplicate_window()
    {
        await StartAsync("2.15");
        var window = TimeSpan.FromMilliseconds(200);
        await Open("operator", stream => stream.DuplicateWindow = window).InitializeAsync(Token);
        await using var logger = new JobEventLogger(Open("logger", stream => stream.DuplicateWindow = window), RoleWork.Options);
        logger.Log(new JobEvent("job", JobEventType.Started));
        Assert.Equal(0, (await logger.FlushAsync(Token)).Remaining);

        // Sent, and not known to be stored: frozen, the server answers nothing.
        _server!.Suspend();
        for (var i = 0; i < 100; i++)
            logger.Log(new JobEvent($"job-{i}", JobEventType.Started));

        await Eventually.TrueAsync(() => logger.Meter.Stalled(logger.Meter.Depth()) > window * 3, TimeSpan.FromSeconds(20), "the window is over");
        _server.Kill();
        await _server.RestartAsync(Token);

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.Equal(0, (await logger.FlushAsync(deadline.Token)).Remaining);
        Assert.Contains(_log.Warnings, static warning => warning.Contains("may be stored twice", StringComparison.Ordinal));
        Assert.InRange(await Open("operator").CountAsync(cancellationToken: Token), 101, 201);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _open.AsEnumerable().Reverse())
            await one.DisposeAsync();

        if (_server is not null)
            await _server.DisposeAsync();

        ((IDisposable)_log).Dispose();
    }

    private static async Task RefusedAsync(string request, Func<Task> work)
    {
        var refusal = await Assert.ThrowsAsync<JobEventStoreException>(work);
        Assert.Contains($"this user may not publish to $JS.API.{request}", refusal.Message, StringComparison.Ordinal);
    }

    private async Task StartAsync(string version) => _server = await NatsServer.StartAsync(
        new NatsServerOptions
        {
            Version = version,
            Configuration = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Find(), "docs", "security", "roles.conf"), Token),
        },
        Token);

    private async Task StartWithEventsAsync()
    {
        await StartAsync("2.15");
        await Open("operator").InitializeAsync(Token);
        await RoleWork.LogAsync(Open("logger"));
    }

    private NatsConnection Connect(string role) => new(new NatsOpts
    {
        Url = _server!.Url,
        AuthOpts = new NatsAuthOpts { Username = role, Password = Passwords[role] },
        RequestTimeout = TimeSpan.FromSeconds(1),
    });

    private JetStreamEventStore Open(string role, Action<JetStreamOptions>? configure = null)
    {
        var connection = Connect(role);
        var store = RoleWork.Open(connection, _log, configure);
        _open.Add(connection);
        _open.Add(store);
        return store;
    }

    /// <summary>Whether nobody answers a request: the server keeps it from those who would.</summary>
    private async Task<bool> IsSilentAsync(string role, string subject)
    {
        await using var connection = Connect(role);
        try
        {
            _ = await connection.RequestAsync<string, string>(subject, "{}", cancellationToken: Token);
            return false;
        }
        catch (NatsException)
        {
            return true;
        }
    }

    private async Task<bool> IsStoredAsync(string role, string subject)
    {
        var before = await Open("operator").CountAsync(JobEventFilter.All.InAllServices().InAllEnvironments(), Token);
        _ = await IsSilentAsync(role, subject);
        return await Open("operator").CountAsync(JobEventFilter.All.InAllServices().InAllEnvironments(), Token) > before;
    }

    /// <summary>Whether a subscriber is given an event that is stored meanwhile.</summary>
    private async Task<bool> HearsAsync(string role, string subject)
    {
        await using var connection = Connect(role);
        await using var subscription = await connection.SubscribeCoreAsync<byte[]>(subject, cancellationToken: Token);
        await connection.PingAsync(Token);
        _ = await IsStoredAsync("logger", "naq.events.prod.shop.heard.started");
        await connection.PingAsync(Token);
        return subscription.Msgs.TryRead(out _);
    }
}
