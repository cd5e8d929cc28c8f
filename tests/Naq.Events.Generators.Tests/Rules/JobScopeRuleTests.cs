using Microsoft.CodeAnalysis;

namespace Naq.Events.Generators.Tests.Rules;

/// <summary>NAQ0035: a scope is disposed, or handed to somebody.</summary>
public sealed class JobScopeRuleTests
{
    [Theory]
    [InlineData("@;")]
    [InlineData("_ = @;")]
    [InlineData("@.Complete();")]
    [InlineData("var job = @; job.Complete();")]
    [InlineData("JobScope? job = null; job = @; if (job is not null) job.Fail(\"no\");")]
    [InlineData("var job = @; Action later = () => job.Beat(); later();")]
    [InlineData("var job = @; Action later = job.Beat; later();")]
    [InlineData("var id = @.RunId; Console.Write(id);")]
    [InlineData("var job = @; job?.Complete();")]
    [InlineData("var job = flag ? @ : null; job?.Complete();")]
    [InlineData("using (Other()) { var job = @; job.Complete(); }")]
    public Task Naq0029(string statements) => RuleCheck.Reports(
        In(statements),
        "NAQ0035 at 'Logger.BeginJob(\"a\")': The scope of this job is never disposed: its end may not be logged, and what follows is "
        + "logged as part of it; add 'using'");

    [Fact]
    public Task Naq0029OfALoggerThatMayBeAbsent() => RuleCheck.Reports(
        In("Maybe?.BeginJob(\"a\");"),
        "NAQ0035 at '.BeginJob(\"a\")': The scope of this job is never disposed: its end may not be logged, and what follows is "
        + "logged as part of it; add 'using'");

    [Theory]
    [InlineData("using var job = @; job.Complete();")]
    [InlineData("using (var job = @) job.Complete();")]
    [InlineData("using (@) { }")]
    [InlineData("var job = @; using (job) { }")]
    [InlineData("var job = @; try { } finally { job.Dispose(); }")]
    [InlineData("var job = @; job?.Dispose();")]
    [InlineData("JobScope? job = null; try { job = @; } finally { job?.Dispose(); }")]
    [InlineData("var job = @; Action later = () => job.Dispose(); later();")]
    [InlineData("@.Dispose();")]
    [InlineData("var job = @; Action later = job.Dispose; later();")]
    [InlineData("Kept = @;")]
    [InlineData("var job = @; Kept = job;")]
    [InlineData("Take(@);")]
    [InlineData("var job = @; Take(job);")]
    [InlineData("var jobs = new List<JobScope> { @ }; Take(jobs[0]);")]
    [InlineData("Func<JobScope> begin = () => @; using var job = begin();")]
    [InlineData("JobScope Begin() { return @; } using var job = Begin();")]
    [InlineData("JobScope Begin() { var job = @; job.Beat(); return job; } using var outer = Begin();")]
    public Task NothingIsReportedOf(string statements) => RuleCheck.Passes(In(statements));

    [Fact]
    public Task AwaitUsingDisposesToo() => RuleCheck.Passes(In(
        "await using var job = @; await using (Logger.BeginJob(\"b\").ConfigureAwait(false)) { } var c = Logger.BeginJob(\"c\"); await c.DisposeAsync();",
        "async Task"));

    [Theory]
    [InlineData("Logger.RunJob(\"a\", async (job, stop) => await Task.Yield());", false)]
    [InlineData("Logger.RunJob(\"a\", new JobRunOptions(), async (job, stop) => await Task.FromResult(1));", false)]
    [InlineData("Logger.RunJob(\"a\", (job, stop) => Console.Write(job)); Console.Write(Logger.RunJob(\"a\", (job, stop) => 1));", true)]
    public void AsynchronousWorkIsNotRunAsIfItBlocked(string statements, bool compiles)
    {
        var errors = GeneratorRun.Of(In(statements)).Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(compiles ? [] : ["CS0619"], errors.Select(error => error.Id));
    }

    private static string In(string statements, string returns = "void") => $$"""
        #pragma warning disable CS0649, CS1998
        internal static partial class Events
        {
            [JobEvent("first")]
            public static partial void LogFirst(this IJobEventLogger logger, string jobId);
        }

        internal sealed class Worker
        {
            private static readonly IJobEventLogger Logger = null!;
            private static readonly IJobEventLogger? Maybe = null;

            public JobScope? Kept { get; set; }

            public static void Take(JobScope job) => Console.Write(job);

            public static IDisposable Other() => null!;

            public {{returns}} Work(bool flag)
            {
                Console.Write(flag);
                Console.Write(Maybe);
                {{statements.Replace("@", "Logger.BeginJob(\"a\")", StringComparison.Ordinal)}}
            }
        }
        """;
}
