using System.Diagnostics;
using Naq.Events.Benchmarks.Compare.Events;

namespace Naq.Events.Benchmarks.Compare.Publishing;

/// <summary>
/// Events logged by one thread until all are acknowledged, serialization included, beside a way to publish messages that are
/// ready-made. Default options, but for the stream's limits.
/// </summary>
internal sealed class Publish(string name, double goal, IPublishingPeer peer) : Comparison(name, "events/s", goal)
{
    private StreamFixture? _stream;
    private ShippedValues[] _values = [];
    private ReadyMessage[] _messages = [];

    /// <summary>Whether ours sends ids.</summary>
    public bool Ids { get; init; } = true;

    /// <summary>How ours publishes.</summary>
    public PublishMode Mode { get; init; }

    /// <summary>Whether the server syncs each write to disk before it acknowledges.</summary>
    public bool Synced { get; init; }

    public override async ValueTask PrepareAsync(bool quick)
    {
        _stream = await StreamFixture.StartAsync(Synced, options =>
        {
            options.Deduplicate = Ids;
            options.PublishMode = Mode;
        }).ConfigureAwait(false);
        _values = ShippedValues.Create(quick ? 80_000 : 200_000);
        _messages = ReadyMessage.Create(_values);
    }

    public override async Task<Sample> MeasureOursAsync()
    {
        await _stream!.EmptyAsync().ConfigureAwait(false);
        var logger = new JobEventLogger(_stream.Store, StreamFixture.Options);
        await using (logger.ConfigureAwait(false))
        {
            var run = await LoggedRun.MeasureAsync(logger, _values).ConfigureAwait(false);
            await _stream.CheckAsync(_values.Length + 1).ConfigureAwait(false);
            return new Sample(_values.Length / run.Elapsed.TotalSeconds, run.Cost);
        }
    }

    public override async Task<Sample> MeasurePeerAsync()
    {
        await _stream!.EmptyAsync().ConfigureAwait(false);
        ReadyMessage.Renew(_messages);
        var messages = _messages.AsMemory(0, _messages.Length / peer.Share);
        var meter = new Meter();
        var started = Stopwatch.GetTimestamp();
        await peer.PublishAsync(_stream.Connection, messages).ConfigureAwait(false);
        var sample = new Sample(messages.Length / Stopwatch.GetElapsedTime(started).TotalSeconds, meter.Per(messages.Length));
        await _stream.CheckAsync(messages.Length).ConfigureAwait(false);
        return sample;
    }

    public override ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? default;
}
