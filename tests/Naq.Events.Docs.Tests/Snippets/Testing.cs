namespace Naq.Events.Docs.Tests.Snippets;

internal static class Testing
{
    public static async Task Harness(IMailer mailer)
    {
        await using var harness = new JobEventTestHarness(o => o.RetryDelay = TimeSpan.FromMinutes(1));
        harness.AddHandlers(new OrderHandlers(mailer));

        harness.Logger.LogPaymentCaptured("order-17", 49.90m, "EUR", tenant: "acme");
        await harness.RunAsync();                   // handles all that is due, in order, one event at a time
        if (harness.Retried.Count > 0)
            harness.Advance(TimeSpan.FromMinutes(1));

        await harness.RunToEndAsync();              // moves time on to each next try, until nothing waits
        foreach (var delivery in harness.Deliveries)
            Console.WriteLine($"{delivery.At:T} {delivery.Event.EventName}, try {delivery.Attempt}: {delivery.Outcome} {delivery.Reason}");
    }
}
