using System.Buffers;

namespace Naq.Events.Runtime.Tests.Logging;

/// <summary>Counts what is rented and returned, and spoils what is returned, so that a late reader is caught.</summary>
internal sealed class CountingPool : ArrayPool<byte>
{
    private readonly Lock _lock = new();
    private readonly HashSet<byte[]> _out = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<byte[]> _kept = new();

    public int Rented { get; private set; }

    public int Returned { get; private set; }

    /// <summary>Whether there is no more memory.</summary>
    public bool IsExhausted { get; set; }

    public string? Mistake { get; private set; }

    public override byte[] Rent(int minimumLength)
    {
        if (IsExhausted)
            throw new InsufficientMemoryException();

        lock (_lock)
        {
            var array = _kept.TryPeek(out var kept) && kept.Length >= minimumLength ? _kept.Pop() : new byte[minimumLength];
            Rented++;
            _ = _out.Add(array);
            return array;
        }
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        lock (_lock)
        {
            Returned++;
            if (!_out.Remove(array))
                Mistake ??= "An array was returned that was not rented, or was returned twice.";

            array.AsSpan().Fill(0xFF);
            _kept.Push(array);
        }
    }

    public void AssertBalanced()
    {
        Assert.Null(Mistake);
        Assert.Equal(Rented, Returned);
    }
}
