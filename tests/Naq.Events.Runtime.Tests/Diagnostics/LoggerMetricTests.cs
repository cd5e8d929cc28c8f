using System.Globalization;
using System.Text.RegularExpressions;
using Naq.Events.Runtime.Tests.Logging;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Diagnostics;

public sealed partial class LoggerMetricTests : IDisposable
{
    private readonly string _service = $"s{Guid.NewGuid():N}";
    private readonly Measured _measured = new();

    public void Dispose() => _measured.Dispose();

    [Fact]
    public async Task Events_are_counted_as_logged_and_as_stored()
    {
        await using var logger = Logger(new ManualStore { Automatic = true });
        Write(logger, 25);
        Assert.True((await logger.FlushAsync()).Completed);

        Assert.Equal(25, _measured.Sum("naq.events.logged", _service));
        Assert.Equal(25, _measured.Sum("naq.events.stored", _service));
        Assert.All(_measured.Of("naq.events.logged", "naq.service", _service), logged => Assert.Equal("prod", logged.Tags["naq.environment"]));
    }

    [Fact]
    public async Task Lost_events_are_counted_by_kind()
    {
        var store = new ManualStore();
        await using var logger = Logger(store, options =>
        {
            options.MaxBufferSize = 10;
            options.DrainTimeout = TimeSpan.Zero;
        });
        Write(logger, 15);
        logger.LogJobStarted("", "w1", "async");
        await Eventually.TrueAsync(() => store.Ids.Count > 0, null, "some are sent");
        store.Refuse(1, "no");
        await logger.DisposeAsync();

        var lost = _measured.Of("naq.events.lost", "naq.service", _service).ToLookup(one => (string)one.Tags["kind"]!, one => one.Value);
        Assert.Equal(5, lost["overflow"].Sum());
        Assert.Equal(1, lost["refused"].Sum());
        Assert.Equal(1, lost["rejected"].Sum());
        Assert.Equal(9, lost["abandoned"].Sum());
    }

    [Fact]
    public async Task The_buffers_depth_is_that_of_all_events_without_an_outcome_and_is_gone_with_the_logger()
    {
        var store = new ManualStore();
        await using (var logger = Logger(store))
        {
            Write(logger, 7);
            await Eventually.TrueAsync(() => _measured.Read("naq.events.connections", _service) == 1, null, "the logger is connected");
            Assert.Equal(7, _measured.Read("naq.events.buffer.events", _service));
            Assert.InRange(_measured.Read("naq.events.buffer.size", _service)!.Value, 7 * 50, 7 * 1_000);

            store.AcknowledgeAllFromNowOn();
            Assert.True((await logger.FlushAsync()).Completed);
            Assert.Equal(0, _measured.Read("naq.events.buffer.events", _service));
            Assert.Equal(0, _measured.Read("naq.events.buffer.size", _service));
        }

        Assert.Null(_measured.Read("naq.events.buffer.events", _service));
    }

    [Fact]
    public async Task Loggers_of_one_service_are_added_up()
    {
        await using var first = Logger(new ManualStore(), options => options.DrainTimeout = TimeSpan.Zero);
        await using var second = Logger(new ManualStore(), options => options.DrainTimeout = TimeSpan.Zero);
        Write(first, 3);
        Write(second, 4);

        Assert.Equal(7, _measured.Read("naq.events.buffer.events", _service));
    }

    [Fact]
    public async Task No_label_is_a_job_id()
    {
        await using var logger = Logger(new ManualStore { Automatic = true });
        Write(logger, 5);
        _ = await logger.FlushAsync();

        foreach (var instrument in _measured.Instruments.Keys)
        {
            Assert.DoesNotContain(
                _measured.Of(instrument, "naq.service", _service).SelectMany(measured => measured.Tags.Values),
                static value => value is string text && text.StartsWith("job", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_documentation_names_every_instrument_with_its_unit_and_kind()
    {
        await using var logger = Logger(new ManualStore { Automatic = true });
        Write(logger, 1);
        _ = await logger.FlushAsync();
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Find(), "docs", "observability.md"));

        var documented = Row().Matches(page).Select(row => (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value)).Order();
        var published = _measured.Instruments.Values.Select(instrument => (instrument.Name, instrument.Unit!, KindOf(instrument.GetType().Name))).Order();

        Assert.Equal(published, documented);
        Assert.All(_measured.Instruments.Values, instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| `([a-z._]+)` \| `([^`]+)` \| ([a-z-]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private static string KindOf(string type) => type.Split('`')[0] switch
    {
        "Counter" => "counter",
        "Histogram" => "histogram",
        "ObservableUpDownCounter" => "up-down-counter",
        "ObservableGauge" => "gauge",
        var other => other,
    };

    private static void Write(JobEventLogger logger, int count)
    {
        for (var number = 0; number < count; number++)
            logger.LogJobStarted(string.Create(CultureInfo.InvariantCulture, $"job-{number}"), "w1", "async");
    }

    private JobEventLogger Logger(ManualStore store, Action<JobEventLoggerOptions>? configure = null)
    {
        var options = new NaqEventsOptions { Environment = "prod", Service = _service };
        configure?.Invoke(options.Logger);
        return new JobEventLogger(store, options);
    }
}
