using Naq.Events.Runtime.Tests.Logging;

namespace Naq.Events.Runtime.Tests.Redaction;

/// <summary>Logs one event and gives what the store got.</summary>
internal static class RedactedLog
{
    public static async Task<JobEvent> OfAsync(Action<IJobEventLogger> log, Action<IList<string>>? configure = null)
    {
        var options = new NaqEventsOptions();
        configure?.Invoke(options.RedactedKeys);
        var store = new RecordingStore();
        await using (var logger = new JobEventLogger(store, options))
        {
            log(logger);
            Assert.True((await logger.FlushAsync()).Completed);
        }

        return Assert.Single(store.Events);
    }

    /// <summary>The details that are logged when <paramref name="json"/> is set by hand.</summary>
    public static async Task<string> DetailsOfAsync(string json, params string[] patterns)
    {
        var jobEvent = new JobEvent("job", "set_by_hand") { Details = JobEventFields.Parse(json) };
        var logged = await OfAsync(logger => logger.Log(jobEvent), keys =>
        {
            if (patterns.Length == 0)
                return;

            keys.Clear();
            foreach (var pattern in patterns)
                keys.Add(pattern);
        });
        return logged.Details.ToString();
    }
}
