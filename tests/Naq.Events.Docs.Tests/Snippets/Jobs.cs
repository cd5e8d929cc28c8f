namespace Naq.Events.Docs.Tests.Snippets;

internal static class Jobs
{
    private static readonly JobRunOptions Worker = new() { QueueName = "orders", WorkerId = "worker-3", Timeout = TimeSpan.FromMinutes(5) };

    public static async Task Readme(IJobEventLogger logger, CancellationToken cancellationToken)
    {
        await logger.RunJobAsync("order-17", async (job, stop) =>
        {
            await CaptureAsync("order-17", stop);
            logger.LogPaymentCaptured("order-17", 49.90m, "EUR", tenant: "acme");
        }, cancellationToken);
    }

    public static async Task<int> WithOptions(IJobEventLogger logger, CancellationToken cancellationToken)
    {
        var options = new JobRunOptions
        {
            QueueName = "orders",
            WorkerId = "worker-3",
            Timeout = TimeSpan.FromMinutes(5),
        };

        var parcels = await logger.RunJobAsync("order-17", options with { Attempt = 2 }, async (job, stop) =>
        {
            await CaptureAsync(job.JobId, stop);
            return 3;
        }, cancellationToken);
        return parcels;
    }

    public static Task WithState(IJobEventLogger logger, Order order, CancellationToken cancellationToken)
    {
        return logger.RunJobAsync(
            order.Id, Worker, order, static (order, job, stop) => CaptureAsync(order.Id, stop), cancellationToken);
    }

    public static void ByHand(IJobEventLogger logger, CancellationToken cancellationToken)
    {
        using var job = logger.BeginJob("order-17", cancellationToken: cancellationToken);
        try
        {
            var exitCode = RunTool(job.CancellationToken);
            if (exitCode == 0)
                job.Complete();
            else
                job.Fail($"The tool ended with {exitCode}.");
        }
        catch (Exception exception)
        {
            job.End(exception);
            throw;
        }
    }

    public static async Task Nested(IJobEventLogger logger)
    {
        await logger.RunJobAsync("order-17", async (order, stop) =>
        {
            logger.LogJobEnqueued("invoice-17", "invoices");
            await logger.RunJobAsync("label-17", (label, stop) => PrintAsync(label.ParentId, stop), stop);
        });
    }

    public static Task Progress(IJobEventLogger logger, IReadOnlyList<Order> orders)
    {
        return logger.RunJobAsync("export-17", async (job, stop) =>
        {
            for (var i = 0; i < orders.Count; i++)
            {
                await CaptureAsync(orders[i].Id, stop);
                job.Progress(i + 1, orders.Count);
            }
        });
    }

    private static Task CaptureAsync(string orderId, CancellationToken stop) =>
        Console.Out.WriteLineAsync(orderId.AsMemory(), stop);

    private static Task PrintAsync(string? orderId, CancellationToken stop) =>
        Console.Out.WriteLineAsync(orderId.AsMemory(), stop);

    private static int RunTool(CancellationToken stop) => stop.IsCancellationRequested ? 1 : 0;

    internal sealed record Order(string Id);
}
