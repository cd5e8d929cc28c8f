namespace Naq.Events.Testing.Contracts;

/// <summary>
/// What every store does, so that what works embedded works on a server. A derived class opens the store under test; each test has
/// events of its own.
/// </summary>
public abstract partial class JobEventStoreContract : IAsyncLifetime
{
    private const int Deadline = 60_000;

    private readonly List<IJobEventStore> _stores = [];

    /// <summary>The environment of <see cref="Store"/>.</summary>
    protected const string Environment = "test";

    /// <summary>The service of <see cref="Store"/>.</summary>
    protected const string Service = "shop";

    /// <summary>The store under test.</summary>
    protected IJobEventStore Store { get; private set; } = null!;

    /// <summary>Cancelled when the test's time is up.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync() => Store = await OpenAsync(Environment, Service);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }
    }

    /// <summary>Opens a store on this test's events; the test disposes it.</summary>
    /// <param name="options">Whose events; the prefix may be changed.</param>
    /// <param name="retention">How long events of a name are kept, beside the stream's own age; empty for most tests.</param>
    protected abstract ValueTask<IJobEventStore> CreateStoreAsync(NaqEventsOptions options, IReadOnlyDictionary<string, TimeSpan> retention);

    /// <summary>Opens a store of another environment or service on the same events.</summary>
    protected async ValueTask<IJobEventStore> OpenAsync(
        string environment, string service, IReadOnlyDictionary<string, TimeSpan>? retention = null)
    {
        var store = await CreateStoreAsync(
            new NaqEventsOptions { Environment = environment, Service = service }, retention ?? new Dictionary<string, TimeSpan>());
        _stores.Add(store);
        return store;
    }

    /// <summary>Stores events one after the other, in one append.</summary>
    protected ValueTask AppendAsync(params JobEvent[] jobEvents) => Store.AppendAsync(jobEvents, Token);

    /// <summary>Events of one job, told apart by their message: 0, 1, 2.</summary>
    protected static JobEvent[] Numbered(string jobId, int count, int first = 0) =>
        [.. Enumerable.Range(first, count).Select(number => new JobEvent(jobId, JobEventType.Started) { Message = $"{number}" })];

    /// <summary>The numbers of <see cref="Numbered"/>.</summary>
    protected static int[] NumbersOf(IEnumerable<JobEvent> jobEvents) => [.. jobEvents.Select(NumberOf)];

    /// <summary>Reads to the end.</summary>
    protected static async Task<List<JobEvent>> ReadAsync(IAsyncEnumerable<JobEvent> jobEvents)
    {
        var read = new List<JobEvent>();
        await foreach (var jobEvent in jobEvents.WithCancellation(Token))
        {
            read.Add(jobEvent);
        }

        return read;
    }

    /// <summary>Reads so many events of a stream without an end.</summary>
    protected static async Task<List<JobEvent>> TakeAsync(IAsyncEnumerable<JobEvent> jobEvents, int count)
    {
        var read = new List<JobEvent>();
        await foreach (var jobEvent in jobEvents.WithCancellation(Token))
        {
            read.Add(jobEvent);
            if (read.Count == count)
            {
                break;
            }
        }

        return read;
    }

    private static void AssertNumbers(int[] expected, int[] actual) => Assert.Equal(expected, actual);

    private static int NumberOf(JobEvent jobEvent) =>
        int.Parse(jobEvent.Message!, System.Globalization.CultureInfo.InvariantCulture);
}
