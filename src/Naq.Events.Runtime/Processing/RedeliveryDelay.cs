namespace Naq.Events.Processing;

/// <summary>How long a failed event waits: the delay doubles with each delivery, up to a minute.</summary>
internal static class RedeliveryDelay
{
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(1);

    public static TimeSpan After(TimeSpan first, int delivery)
    {
        var delay = first * Math.Pow(2, Math.Min(delivery - 1, 30));
        return delay < Max ? delay : first > Max ? first : Max;
    }
}
