namespace Naq.Events.Testing;

/// <summary>Open or closed.</summary>
internal sealed class Gate
{
    private volatile TaskCompletionSource _opened = Opened();

    public bool IsOpen
    {
        get => _opened.Task.IsCompleted;
        set
        {
            if (value)
                _ = _opened.TrySetResult();
            else if (IsOpen)
                _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Completes when it is open.</summary>
    public Task PassAsync(CancellationToken cancellationToken) => _opened.Task.WaitAsync(cancellationToken);

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.SetResult();
        return opened;
    }
}
