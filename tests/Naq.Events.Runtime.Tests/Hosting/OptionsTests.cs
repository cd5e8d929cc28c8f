using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Naq.Events.Runtime.Tests.Hosting;

public sealed class OptionsTests
{
    public static TheoryData<string, Action<NaqEventsOptions>, string[]> BadOptions => new()
    {
        { "environment", static options => options.Environment = "prod.eu", ["Environment", "'prod.eu'", "letters, digits", "such as \"prod\""] },
        { "empty", static options => options.Environment = "", ["Environment", "''", "1 to 64"] },
        { "none", static options => options.Environment = null!, ["Environment", "1 to 64"] },
        { "all", static options => options.Service = "all", ["Service", "'all'", "reserved", "another name"] },
        { "long", static options => options.Service = new string('s', 65), ["Service", new string('s', 65), "1 to 64"] },
        { "prefix", static options => options.SubjectPrefix = "naq..events", ["SubjectPrefix", "'naq..events'", "such as \"naq.events\""] },
        { "buffer", static options => options.Logger.MaxBufferSize = 0, ["MaxBufferSize", " 0", "1 to 10,000,000"] },
        { "batch", static options => options.Logger.BatchSize = 10_001, ["BatchSize", "10001", "1 to 10,000"] },
        { "retries", static options => options.Logger.RetryAttempts = -1, ["RetryAttempts", "-1", "0 to 100"] },
        { "interval", static options => options.Logger.FlushInterval = TimeSpan.Zero, ["FlushInterval", "00:00:00", "00:00:00.001 to 01:00:00"] },
        { "key", static options => options.RedactedKeys.Add(" "), ["RedactedKeys[13]", "' '", "such as \"*iban*\""] },
        { "separators", static options => options.RedactedKeys[1] = "_-", ["RedactedKeys[1]", "'_-'", "'_' and '-' do not count"] },
        { "no key", static options => options.RedactedKeys.Add(null!), ["RedactedKeys[13]", "''", "no name"] },
        { "spool", static options => options.Logger.Overflow = JobEventOverflow.Spool, ["Spool.Directory", "is not set", "such as"] },
        { "spool bytes", static options => options.Logger.Spool.MaxBytes = 1, ["MaxBytes", " 1", "16,777,216"] },
        { "segment", static options => options.Logger.Spool.SegmentBytes = 1, ["SegmentBytes", "4,194,304"] },
        { "when full", static options => options.Logger.Spool.WhenFull = JobEventOverflow.Wait, ["WhenFull", "Wait", "use DropOldest or DropNewest"] },
        { "flush", static options => options.Logger.Spool.FlushInterval = TimeSpan.Zero, ["FlushInterval", "00:00:00.010"] },
        { "bytes", static options => options.Logger.MaxBufferBytes = 0, ["MaxBufferBytes", "65,536"] },
        { "wait", static options => options.Logger.WaitTimeout = TimeSpan.FromSeconds(-1), ["WaitTimeout", "00:00:00 to 01:00:00"] },
        { "overflow", static options => options.Logger.Overflow = (JobEventOverflow)7, ["Overflow", "7", "DropOldest or DropNewest"] },
    };

    public static TheoryData<string, Action<JobEventProcessorOptions>, string[]> BadProcessorOptions => new()
    {
        { "name", static options => options.Name = "my processor", ["Name", "'my processor'", "letters, digits"] },
        { "long", static options => options.Name = new string('n', 65), ["Name", "1 to 64"] },
        { "line", static options => options.Name = "name\n", ["Name"] },
        { "handlers", static options => options.MaxConcurrentHandlers = 0, ["MaxConcurrentHandlers", " 0", "1 to 10,000"] },
        { "too short to give a sign of life", static options => options.AckWait = TimeSpan.FromSeconds(2), ["AckWait", "00:00:02", "00:00:03"] },
        { "timeout", static options => options.HandlerTimeout = TimeSpan.Zero, ["HandlerTimeout", "00:00:00"] },
        { "service", static options => options.Service = "a.b", ["Service", "'a.b'"] },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public async Task A_bad_option_is_said_when_the_host_starts(string what, Action<NaqEventsOptions> configure, string[] said)
    {
        Assert.NotEmpty(what);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        _ = builder.Services.AddNaqEvents(configure);
        using var host = builder.Build();
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.All(said, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));

        var options = new NaqEventsOptions();
        configure(options);
        var thrown = Assert.Throws<ArgumentException>(() => new JobEventLogger(new InMemoryJobEventStore(), options));
        Assert.All(said, part => Assert.Contains(part, thrown.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(BadProcessorOptions))]
    public async Task A_bad_option_of_the_processor_is_said_when_the_host_starts(
        string what, Action<JobEventProcessorOptions> configure, string[] said)
    {
        Assert.NotEmpty(what);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        _ = builder.Services.AddNaqEvents().ConfigureProcessor(configure);
        using var host = builder.Build();
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.All(said, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bad_limit_of_the_embedded_store_is_said_when_the_host_starts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        _ = builder.Services.AddNaqEvents().UseInMemory(static limits => limits.MaxMessages = 0);
        using var host = builder.Build();
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("MaxMessages", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_are_configured_in_all_the_usual_ways()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        _ = builder.Services.Configure<NaqEventsOptions>(static options => options.Environment = "first");
        _ = builder.Services.AddNaqEvents(static options => options.Service = $"{options.Environment}-then");
        _ = builder.Services.AddOptions<NaqEventsOptions>()
            .Configure<TimeProvider>(static (options, time) => options.SubjectPrefix = time == TimeProvider.System ? "by.service" : "by.none")
            .PostConfigure(static options => options.Service += "-last");
        using var host = builder.Build();
        await host.StartAsync();

        var expected = ("first", "first-then-last", "by.service");
        var options = host.Services.GetRequiredService<IOptions<NaqEventsOptions>>().Value;
        Assert.Equal(expected, (options.Environment, options.Service, options.SubjectPrefix));
        var watched = host.Services.GetRequiredService<IOptionsMonitor<NaqEventsOptions>>().CurrentValue;
        Assert.Equal(expected, (watched.Environment, watched.Service, watched.SubjectPrefix));
        await host.StopAsync();
    }

    [Fact]
    public async Task The_bounds_themselves_are_allowed()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        _ = builder.Services.AddNaqEvents(static options =>
        {
            options.Environment = new string('e', 64);
            options.Service = "a-Z_0";
            options.SubjectPrefix = "a.b.c";
            options.Logger.MaxBufferSize = 1;
            options.Logger.BatchSize = 10_000;
        }).ConfigureProcessor(static options =>
        {
            options.Name = new string('n', 64);
            options.Service = JobEventFilter.AllServices;
        });
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }
}
