using Naq.Events;

namespace AotWorker;

/// <summary>The worker's own event, beside those that every job has. The generator writes the body.</summary>
internal static partial class InvoiceEvents
{
    /// <summary>An invoice is rendered. What is not a field of every event becomes details: amount, currency and size_bytes.</summary>
    [JobEvent("invoice_rendered", "Rendered {amount} {currency} in {sizeBytes} bytes")]
    public static partial void LogInvoiceRendered(
        this IJobEventLogger logger, string jobId, decimal amount, string currency, int sizeBytes);
}
