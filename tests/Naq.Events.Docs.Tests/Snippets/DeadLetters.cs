namespace Naq.Events.Docs.Tests.Snippets;

internal static class DeadLetters
{
    public static async Task<long> Operate(IJobEventStore store)
    {
        var deadLetters = new JobEventDeadLetters(store, "billing");
        await foreach (var deadLetter in deadLetters.ListAsync(new JobEventDeadLetterFilter { JobId = "order-17" }))
            Console.WriteLine($"{deadLetter.Sequence} {deadLetter.Handler}: {deadLetter.ErrorMessage}");

        var replayed = await deadLetters.ReplayAllAsync(new JobEventDeadLetterFilter { Handler = "OrderHandlers.OnFailed" });
        var discarded = await deadLetters.DiscardAllAsync(new JobEventDeadLetterFilter { Cause = JobEventDeadLetterCause.Malformed });
        return replayed + discarded;
    }

    public static async Task<long> Parked(JobEventDeadLetters deadLetters)
    {
        var parked = await deadLetters.CountAsync(new JobEventDeadLetterFilter { Cause = JobEventDeadLetterCause.Parked });
        return parked;
    }
}
