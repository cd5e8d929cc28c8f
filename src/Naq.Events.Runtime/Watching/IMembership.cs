namespace Naq.Events.Watching;

/// <summary>One of several processes that divide something.</summary>
internal interface IMembership
{
    /// <summary>Takes part, and says which of how many this one is; <see langword="null"/> when others said so at the same moment, so that it is not known.</summary>
    ValueTask<Turn?> BeatAsync(CancellationToken cancellationToken);

    /// <summary>Takes part no more.</summary>
    ValueTask LeaveAsync(CancellationToken cancellationToken);
}
