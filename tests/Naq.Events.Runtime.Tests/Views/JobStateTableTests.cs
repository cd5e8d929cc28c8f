using Naq.Events.Testing;
using Naq.Events.Views;

namespace Naq.Events.Runtime.Tests.Views;

public sealed class JobStateTableTests
{
    [Fact]
    public void The_table_in_the_docs_is_the_one_in_the_code()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "job-view.md"));
        var table = string.Join('\n', JobStateMachine.Rows.Select(LineOf)) + "\n";

        Assert.True(page.Contains(table, StringComparison.Ordinal), $"docs/job-view.md does not have this table:\n{table}");
    }

    [Fact]
    public void A_row_names_each_state_once() => Assert.All(
        JobStateMachine.Rows,
        static row => Assert.Distinct(row.From.Concat(row.Accepts).Concat(row.Refuses)));

    private static string LineOf(JobStateRow row) =>
        $"| `{row.EventName}`{OfRun(row.Run)} | {row.To} | {StatesOf(row.From)} | {StatesOf(row.Accepts)} | {StatesOf(row.Refuses)} |";

    private static string OfRun(RunRelation run) => run switch
    {
        RunRelation.NextAttempt => " of a later attempt",
        RunRelation.OtherRun => " of another run",
        _ => "",
    };

    private static string StatesOf(IReadOnlyList<JobState> states)
    {
        JobState[] ended = [JobState.Completed, JobState.Failed, JobState.Cancelled, JobState.TimedOut, JobState.Expired];
        return ended.All(states.Contains)
            ? string.Join(", ", [.. states.Except(ended).Select(static state => $"{state}"), "any end"])
            : string.Join(", ", states);
    }
}
