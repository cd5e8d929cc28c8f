using Microsoft.Extensions.Logging;
using Naq.Events.Testing;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests;

/// <summary>The stream on the server is as the options say, and what was changed is said.</summary>
public sealed class StreamSetupTests(SharedServer server) : IAsyncDisposable
{
    private readonly TestStream _stream = new(server.Url);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    [Fact]
    public async Task A_new_stream_has_the_guides_defaults()
    {
        await using var store = new JetStreamEventStore(
            _stream.Options(), new JetStreamOptions { Url = server.Url, StreamName = _stream.Name }, _stream.Log);

        await store.InitializeAsync(Token);

        var config = await ConfigAsync();
        Assert.Equal([$"{_stream.Prefix}.*.*.*.*"], config.Subjects);
        Assert.Equal(StreamConfigRetention.Limits, config.Retention);
        Assert.Equal(StreamConfigStorage.File, config.Storage);
        Assert.Equal(StreamConfigDiscard.Old, config.Discard);
        Assert.Equal(TimeSpan.FromDays(7), config.MaxAge);
        Assert.Equal(1_000_000, config.MaxMsgs);
        Assert.Equal(1024L * 1024 * 1024, config.MaxBytes);
        Assert.Equal(1, config.NumReplicas);
        Assert.Equal(TimeSpan.FromMinutes(2), config.DuplicateWindow);
        Assert.True(config.AllowDirect);
        Assert.Null(config.Republish);
        Assert.Contains(_stream.Log.Entries, entry => entry.Level == LogLevel.Information && entry.Text.StartsWith($"Created the stream {_stream.Name}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_start_changes_nothing_and_says_nothing()
    {
        await using (var first = _stream.Store())
            await first.InitializeAsync(Token);

        var entries = _stream.Log.Entries.Count;
        await using var second = _stream.Store();
        await second.InitializeAsync(Token);
        await second.InitializeAsync(Token);

        Assert.Equal(entries, _stream.Log.Entries.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_copy_of_the_stream_is_read_as_it_is_and_left_alone(bool isMirror)
    {
        await using var origin = _stream.Store();
        await origin.AppendAsync([new JobEvent("job", JobEventType.Started), new JobEvent("job", JobEventType.Completed)], Token);
        var copy = new StreamConfig { Name = $"{_stream.Name}_copy", AllowDirect = true, Description = "An operator's." };
        if (isMirror)
            copy.Mirror = new StreamSource { Name = _stream.Name };
        else
            copy.Sources = [new StreamSource { Name = _stream.Name }];

        _ = await _stream.JetStream.CreateStreamAsync(copy, Token);
        await using var store = _stream.Store(configure: options => options.StreamName = copy.Name!);

        await Eventually.TrueAsync(async () => await store.CountAsync(cancellationToken: Token) == 2, null, "the copy has both");
        Assert.Equal(2, await store.GetByJobAsync("job", cancellationToken: Token).CountAsync(Token));
        Assert.Equal("An operator's.", (await _stream.JetStream.GetStreamAsync(copy.Name!, cancellationToken: Token)).Info.Config.Description);
    }

    [Fact]
    public async Task Each_change_is_said_with_old_and_new()
    {
        await using (var first = _stream.Store())
            await first.InitializeAsync(Token);

        await using var second = _stream.Store(configure: options =>
        {
            options.MaxAge = TimeSpan.FromDays(30);
            options.MaxMessages = -1;
            options.DuplicateWindow = TimeSpan.FromMinutes(10);
            options.Republish = true;
        });
        await second.InitializeAsync(Token);

        var config = await ConfigAsync();
        Assert.Equal(TimeSpan.FromDays(30), config.MaxAge);
        Assert.Equal(-1, config.MaxMsgs);
        Assert.Equal(TimeSpan.FromMinutes(10), config.DuplicateWindow);
        Assert.Equal($"{_stream.Prefix}.*.*.*.*", config.Republish!.Src);
        Assert.Equal($"{_stream.Prefix}.{{{{wildcard(1)}}}}.all.{{{{wildcard(4)}}}}", config.Republish.Dest);
        var changes = _stream.Log.Entries.Select(entry => entry.Text).Where(text => text.StartsWith("Changed", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, changes.Length);
        Assert.Contains(changes, text => text.EndsWith("max_age 7.00:00:00 -> 30.00:00:00", StringComparison.Ordinal));
        Assert.Contains(changes, text => text.EndsWith("max_msgs 1000000 -> unlimited", StringComparison.Ordinal));
        Assert.Contains(changes, text => text.EndsWith("duplicate_window 00:02:00 -> 00:10:00", StringComparison.Ordinal));
        Assert.Contains(changes, text => text.Contains("republish", StringComparison.Ordinal) && text.Contains("off -> ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_setting_that_is_not_ours_is_kept()
    {
        await using (var first = _stream.Store())
            await first.InitializeAsync(Token);

        var config = await ConfigAsync();
        config.Description = "Kept by operations.";
        config.MaxMsgSize = 50_000;
        config.Discard = StreamConfigDiscard.New;
        config.Metadata!["owner"] = "ops";
        await _stream.JetStream.UpdateStreamAsync(config, Token);

        await using var second = _stream.Store(configure: options => options.MaxMessages = 5_000);
        await second.InitializeAsync(Token);

        config = await ConfigAsync();
        Assert.Equal(5_000, config.MaxMsgs);
        Assert.Equal("Kept by operations.", config.Description);
        Assert.Equal(50_000, config.MaxMsgSize);
        Assert.Equal(StreamConfigDiscard.New, config.Discard);
        Assert.Equal("ops", config.Metadata!["owner"]);
    }

    [Theory]
    [InlineData("max_msgs", "the oldest 6 of 10 events")]
    [InlineData("max_bytes", "the oldest events, ")]
    [InlineData("max_age", "the oldest 10 of 10 events")]
    public async Task A_limit_that_would_remove_events_is_left_unless_that_is_allowed(string setting, string removed)
    {
        await using (var first = _stream.Store())
            await first.AppendAsync([.. Enumerable.Range(0, 10).Select(_ => new JobEvent("job", JobEventType.Started))], Token);

        var later = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(1));
        await using var careful = new JetStreamEventStore(_stream.Options(), _stream.StreamOptions(Lower), _stream.Log, later);
        Assert.Equal(10, await careful.CountAsync(cancellationToken: Token));
        var warning = Assert.Single(_stream.Log.Warnings);
        Assert.StartsWith($"The {setting} of the stream {_stream.Name} stays ", warning);
        Assert.Contains(removed, warning, StringComparison.Ordinal);
        Assert.Contains("AllowDataLoss", warning, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(3), (await ConfigAsync()).DuplicateWindow);

        await using var allowed = new JetStreamEventStore(
            _stream.Options(), _stream.StreamOptions(options => { Lower(options); options.AllowDataLoss = true; }), _stream.Log, later);
        await allowed.InitializeAsync(Token);
        var config = await ConfigAsync();
        Assert.Equal(setting == "max_msgs" ? 4 : 1_000_000, config.MaxMsgs);
        Assert.Equal(setting == "max_bytes" ? 500 : 64 * 1024 * 1024, config.MaxBytes);
        Assert.Equal(setting == "max_age" ? TimeSpan.FromMinutes(30) : TimeSpan.FromDays(7), config.MaxAge);
        Assert.Contains(_stream.Log.Warnings, text => text.Contains("the server will remove", StringComparison.Ordinal));

        void Lower(JetStreamOptions options)
        {
            options.DuplicateWindow = TimeSpan.FromMinutes(3);
            options.MaxMessages = setting == "max_msgs" ? 4 : options.MaxMessages;
            options.MaxBytes = setting == "max_bytes" ? 500 : options.MaxBytes;
            options.MaxAge = setting == "max_age" ? TimeSpan.FromMinutes(30) : options.MaxAge;
        }
    }

    [Fact]
    public async Task A_lower_limit_that_removes_nothing_is_applied()
    {
        await using (var first = _stream.Store())
            await first.AppendAsync([.. Enumerable.Range(0, 10).Select(_ => new JobEvent("job", JobEventType.Started))], Token);

        await using var second = _stream.Store(configure: options => (options.MaxMessages, options.MaxAge) = (10, TimeSpan.FromHours(1)));
        await second.InitializeAsync(Token);

        Assert.Equal(10, (await ConfigAsync()).MaxMsgs);
        Assert.Equal(TimeSpan.FromHours(1), (await ConfigAsync()).MaxAge);
        Assert.DoesNotContain(_stream.Log.Warnings, text => text.Contains(" stays ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stores_that_start_together_share_one_stream()
    {
        var stores = Enumerable.Range(0, 8).Select(number => _stream.Store(service: $"service{number}")).ToArray();

        await Task.WhenAll(stores.Select(store => store.AppendAsync([new JobEvent("job", JobEventType.Started)], Token).AsTask()));

        Assert.Equal(8, await stores[0].CountAsync(new JobEventFilter { Service = JobEventFilter.AllServices }, Token));
        foreach (var store in stores)
            await store.DisposeAsync();
    }

    private async Task<StreamConfig> ConfigAsync() => (await _stream.JetStream.GetStreamAsync(_stream.Name, cancellationToken: Token)).Info.Config;
}
