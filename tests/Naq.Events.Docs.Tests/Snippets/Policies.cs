namespace Naq.Events.Docs.Tests.Snippets;

[HandlerTimeout(90)]
public sealed partial class PaymentHandlers(Ledger ledger)
{
    [OnJobEvent("invoice_paid")]
    [Retry(8, DelaySeconds = 0.5, MaxDelaySeconds = 600)]
    [NeverRetry(typeof(FormatException))]
    [DropOn(typeof(KeyNotFoundException))]
    public async Task OnPaid(string orderId, JobEventContext context, CancellationToken cancellationToken)
    {
        if (ledger.IsClosed)
            context.RetryAfter(TimeSpan.FromMinutes(10));
        else if (!ledger.Knows(orderId))
            context.DeadLetter($"The order {orderId} is not in the ledger.");
        else
            await ledger.BookAsync(orderId, context.EventId, cancellationToken);
    }
}

/// <summary>A collaborator of the snippet.</summary>
public sealed class Ledger
{
    public bool IsClosed => false;

    public bool Knows(string orderId) => orderId.Length > 0;

    public Task BookAsync(string orderId, Guid once, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;
}

[Ordering(JobEventOrdering.PerKey, Key = "tenant")]
public sealed partial class InvoiceHandlers(InvoicePrinter printer)
{
    [OnJobEvent("invoice_requested")]
    [HandlerConcurrency(4)]
    public Task OnRequested(string tenant, string orderId, CancellationToken cancellationToken) =>
        printer.PrintAsync(tenant, orderId, cancellationToken);
}

public sealed class InvoicePrinter
{
    public int Printed { get; private set; }

    public Task PrintAsync(string tenant, string orderId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Printed += tenant.Length > 0 && orderId.Length > 0 ? 1 : 0;
        return Task.CompletedTask;
    }
}
