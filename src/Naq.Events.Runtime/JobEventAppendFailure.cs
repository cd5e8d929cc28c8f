namespace Naq.Events;

/// <summary>An event of an append that is not stored, or not known to be.</summary>
/// <param name="Index">Its place in the list that was appended, from 0.</param>
/// <param name="Id">Its id.</param>
/// <param name="Reason">Why, in the server's words.</param>
public sealed record JobEventAppendFailure(int Index, Guid Id, string Reason)
{
    /// <summary>
    /// Whether it may be stored all the same, since no answer came. Append it again: within the duplicate window it is stored once, by
    /// its id.
    /// </summary>
    public bool MayBeStored { get; init; }
}
