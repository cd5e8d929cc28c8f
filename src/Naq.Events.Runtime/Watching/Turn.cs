namespace Naq.Events.Watching;

/// <summary>Which of how many one is, who take things by turns.</summary>
/// <param name="Place">Its place, from 0.</param>
/// <param name="Members">How many there are.</param>
internal sealed record Turn(int Place, int Members)
{
    /// <summary>Whether a thing is this one's.</summary>
    public bool Has(int index) => index % Members == Place;
}
