namespace Naq.Events.Runtime.Tests.Logging;

/// <summary>The logger's buffer as a person would write it down: two lists, and what was decided about each event.</summary>
internal sealed class BufferModel(int capacity)
{
    public List<Guid> Waiting { get; } = [];

    public List<Guid> Taken { get; } = [];

    public List<Flush> Flushes { get; } = [];

    public bool Closed { get; set; }

    public bool IsFull => Waiting.Count + Taken.Count >= capacity;

    public IEnumerable<Guid> Live => Taken.Concat(Waiting);

    public void Decide(Guid id, bool stored)
    {
        if (!Waiting.Remove(id))
            Assert.True(Taken.Remove(id));

        foreach (var flush in Flushes.Where(flush => flush.Open.Remove(id)))
        {
            if (stored)
                flush.Stored++;
            else
                flush.Lost.Add(id);
        }
    }

    internal sealed class Flush(IEnumerable<Guid> open)
    {
        public List<Guid> Open { get; } = [.. open];

        public List<Guid> Lost { get; } = [];

        public int Stored { get; set; }
    }
}
