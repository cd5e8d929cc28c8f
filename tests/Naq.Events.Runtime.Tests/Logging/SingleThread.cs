using System.Collections.Concurrent;

namespace Naq.Events.Runtime.Tests.Logging;

/// <summary>A thread whose context runs what is posted to it only while the thread is free, as a user interface does.</summary>
internal static class SingleThread
{
    public static void Run(Action action)
    {
        Exception? thrown = null;
        using var context = new Context();
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            thrown = Record.Exception(action);
        });
        thread.IsBackground = true;
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(20)), "The thread is deadlocked.");
        Assert.Null(thrown);
    }

    private sealed class Context : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

        public void Dispose() => _posted.Dispose();
    }
}
