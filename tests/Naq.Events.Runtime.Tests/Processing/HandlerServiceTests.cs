using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Naq.Events.Processing;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>Services as parameters of handlers, through the dispatcher.</summary>
public sealed partial class HandlerServiceTests
{
    [Fact]
    public async Task AParameterIsFilledFromTheServicesOfTheDelivery()
    {
        var services = new ServiceCollection().AddSingleton(new Mailer()).AddScoped<Handlers>().AddScoped<Session>().BuildServiceProvider();
        using var run = NewRun();
        var dispatcher = new JobEventDispatcher<Handlers>(scoped: true);
        await dispatcher.DispatchAsync(Delivery(services), run);
        await dispatcher.DispatchAsync(Delivery(services), run);

        Assert.False(run.Verdict.Failed);
        var mailer = services.GetRequiredService<Mailer>();
        Assert.Equal(["job-1", "no uri", "job-1", "no uri"], mailer.Sent);
        Assert.Equal(2, mailer.Sessions.Distinct().Count());
    }

    [Fact]
    public async Task AServiceThatIsNotThereFailsTheHandlerAlone()
    {
        var mailer = new Mailer();
        var services = new ServiceCollection().AddSingleton(mailer).BuildServiceProvider();
        using var run = NewRun();
        await new JobEventDispatcher<Handlers>(new Handlers()).DispatchAsync(Delivery(services), run);

        Assert.True(run.Verdict.Failed);
        Assert.Equal(["no uri"], mailer.Sent);
    }

    private static HandlerRun NewRun() =>
        new(new FailurePolicy(new JobEventProcessorOptions()), NullLogger.Instance, TimeProvider.System, CancellationToken.None);

    private static HandlerDelivery Delivery(IServiceProvider services) =>
        new(new JobEvent("job-1", JobEventType.Failed), services, "test", 1);

    private sealed class Mailer
    {
        public List<string> Sent { get; } = [];

        public List<Session> Sessions { get; } = [];
    }

    private sealed class Session;

    private sealed partial class Handlers
    {
        [OnJobEvent(JobEventType.Failed)]
        public static void OnFailed([FromServices] Mailer mailer, [FromServices] Session session, string jobId)
        {
            mailer.Sent.Add(jobId);
            mailer.Sessions.Add(session);
        }

        [OnJobEvent(JobEventType.Failed)]
        public static void Optional([FromServices] Uri? address, [FromServices] Mailer mailer) =>
            mailer.Sent.Add(address is null ? "no uri" : "uri");
    }
}
