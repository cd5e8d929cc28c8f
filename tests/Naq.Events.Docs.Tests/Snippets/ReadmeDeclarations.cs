namespace Naq.Events.Docs.Tests.Snippets;

public static partial class OrderEvents
{
    [JobEvent(JobEventType.Completed, "Shipped {parcels} parcels in {durationMs:F2} ms")]
    public static partial JobEvent Shipped(string jobId, string workerId, double durationMs, int parcels);

    [JobEvent("payment_captured", "Captured {amount} {currency}")]
    public static partial void LogPaymentCaptured(this IJobEventLogger logger,
        string jobId, decimal amount, string currency, [JobEventTag] string tenant);
}

public sealed partial class OrderHandlers(IMailer mailer)
{
    [OnJobEvent(JobEventType.Failed)]
    public Task OnFailed(JobEvent jobEvent, CancellationToken cancellationToken) =>
        mailer.SendAsync($"Job {jobEvent.JobId} failed: {jobEvent.ErrorMessage}", cancellationToken);

    [OnJobEvent("payment_captured")]
    public void OnPayment(string jobId, decimal amount, string currency) =>
        Console.WriteLine($"{jobId} paid {amount} {currency}");
}

public interface IMailer
{
    Task SendAsync(string text, CancellationToken cancellationToken);
}
