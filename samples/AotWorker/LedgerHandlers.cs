using Microsoft.Extensions.Logging;
using Naq.Events;

namespace AotWorker;

/// <summary>Handles stored events, of this process and of others. Parameters are bound by name, to fields and details.</summary>
internal sealed partial class LedgerHandlers(Ledger ledger, ILogger<LedgerHandlers> log)
{
    [OnJobEvent("invoice_rendered")]
    public void OnRendered(string jobId, decimal amount, string currency) => Booked(log, jobId, amount, currency, ledger.Book(amount));

    [OnJobEvent(JobEventType.Failed)]
    public void OnFailed(JobEvent jobEvent) => NotRendered(log, jobEvent.JobId, jobEvent.ErrorMessage);

    /// <summary>Every event, after the handlers above.</summary>
    [OnJobEvent]
    public void OnEvent(JobEvent jobEvent, JobEventContext context) =>
        Seen(log, jobEvent.EventName, jobEvent.JobId, context.Sequence, context.Delivery);

    [LoggerMessage(LogLevel.Debug, "{JobId} is booked with {Amount} {Currency}; {Total} since the start.")]
    private static partial void Booked(ILogger logger, string jobId, decimal amount, string currency, decimal total);

    [LoggerMessage(LogLevel.Warning, "{JobId} is not rendered: {Reason}")]
    private static partial void NotRendered(ILogger logger, string jobId, string? reason);

    [LoggerMessage(LogLevel.Trace, "{EventName} of {JobId}, sequence {Sequence}, delivery {Delivery}.")]
    private static partial void Seen(ILogger logger, string eventName, string jobId, ulong sequence, int delivery);
}
