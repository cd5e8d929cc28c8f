using System.Diagnostics;
using Mediator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.Benchmarks.Compare.Events;
using Naq.Events.Processing;

namespace Naq.Events.Benchmarks.Compare.Processing;

/// <summary>
/// One stored event through the generated table to one handler, as a lane does it: its time limit set, one detail decoded from JSON, the
/// outcome noted. Beside it, Mediator's publishing of a ready-made notification to one handler.
/// </summary>
internal sealed class DispatchCall() : Comparison("dispatch.call", "ns", goal: 1.0)
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMediator().BuildServiceProvider();
    private readonly ShippedNotification _notification = new(17);
    private readonly CancellationTokenSource _stopping = new();
    private readonly JobEventDispatcher<CountingHandlers> _dispatcher = new(new CountingHandlers(expected: -1));
    private HandlerRun? _run;
    private int _calls;

    // As it comes from a store: the details are the bytes of the wire until somebody asks.
    private readonly JobEvent _event = JobEvent.Parse(ShippedValues.Create(18)[17].ToJobEvent().ToUtf8Json());

    public override ValueTask PrepareAsync(bool quick)
    {
        _calls = quick ? 500_000 : 3_000_000;
        _run = new HandlerRun(new FailurePolicy(new JobEventProcessorOptions()), NullLogger.Instance, TimeProvider.System, _stopping.Token);
        return ValueTask.CompletedTask;
    }

    public override Task<Sample> MeasureOursAsync()
    {
        var delivery = new HandlerDelivery(_event, EmptyServices.Instance, "bench", 1);
        return Task.FromResult(Measure(() =>
        {
            _run!.Begin();
            Check(_dispatcher.DispatchAsync(delivery, _run));
            if (_run.Verdict.Failed)
                throw new InvalidOperationException("The handler failed.");
        }));
    }

    public override Task<Sample> MeasurePeerAsync()
    {
        var mediator = _services.GetRequiredService<IMediator>();
        return Task.FromResult(Measure(() => Check(mediator.Publish(_notification))));
    }

    public override ValueTask DisposeAsync()
    {
        _run?.Dispose();
        _stopping.Dispose();
        return _services.DisposeAsync();
    }

    private static void Check(ValueTask call)
    {
        if (!call.IsCompletedSuccessfully)
            throw new InvalidOperationException("The handler did not complete.");
    }

    private Sample Measure(Action call)
    {
        var meter = new Meter();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < _calls; i++)
            call();

        return new Sample(Stopwatch.GetElapsedTime(started).TotalNanoseconds / _calls, meter.Per(_calls));
    }
}
