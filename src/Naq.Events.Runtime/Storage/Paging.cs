namespace Naq.Events.Storage;

/// <summary>Limit and offset, the same in every store.</summary>
internal static class Paging
{
    /// <exception cref="ArgumentOutOfRangeException">One is negative.</exception>
    public static void Check(int? limit, int offset)
    {
        if (limit is { } most)
            ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(limit));

        ArgumentOutOfRangeException.ThrowIfNegative(offset);
    }

    public static IEnumerable<JobEvent> Apply(IEnumerable<JobEvent> events, int? limit, int offset)
    {
        var wanted = events.Skip(offset);
        return limit is { } most ? wanted.Take(most) : wanted;
    }
}
