namespace AotWorker;

/// <summary>
/// What was booked. This one keeps a sum; one that matters books under the job's id, once: a handler may see an event again.
/// </summary>
internal sealed class Ledger
{
    private readonly Lock _lock = new();
    private decimal _total;

    /// <summary>Books an amount.</summary>
    /// <returns>The sum since the start.</returns>
    public decimal Book(decimal amount)
    {
        lock (_lock)
            return _total += amount;
    }
}
