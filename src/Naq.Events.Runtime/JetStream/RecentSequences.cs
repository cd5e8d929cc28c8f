namespace Naq.Events.JetStream;

/// <summary>
/// Which messages of a stream this process was delivered lately: of the last 65,536 sequences of the stream, any; of older ones, those that no newer one has
/// taken the place of. It is not told of others.
/// </summary>
internal sealed class RecentSequences
{
    private const int Places = 1 << 16;

    // The sequence's lower half tells it from the others of its place. Memory that no sequence was written to is not resident.
    private readonly uint[] _places = new uint[Places];

    /// <summary>Remembers a sequence, which is above zero.</summary>
    public void Add(ulong sequence) => _places[sequence % Places] = (uint)sequence;

    /// <summary>Whether a sequence is remembered.</summary>
    public bool Contains(ulong sequence) => _places[sequence % Places] == (uint)sequence;
}
