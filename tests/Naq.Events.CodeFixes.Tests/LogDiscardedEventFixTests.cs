using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class LogDiscardedEventFixTests
{
    [Theory]
    [InlineData("{|NAQ0025:JobEvents.Enqueued(\"j\", \"q\")|};", "_logger.Log(JobEvents.Enqueued(\"j\", \"q\"));")]
    [InlineData("IJobEventLogger l = _logger; {|NAQ0025:new JobEvent(\"j\", \"x\")|};", "IJobEventLogger l = _logger; l.Log(new JobEvent(\"j\", \"x\"));")]
    public Task GivesItToTheLogger(string statement, string fixedStatement) =>
        FixCheck.Fixes<DiscardedEventAnalyzer, LogDiscardedEventFix>(In(statement), In(fixedStatement));

    private static string In(string statement) => $$"""
        internal class Worker
        {
            private readonly IJobEventLogger _logger = null!;

            public void Work()
            {
                {{statement}}
            }
        }
        """;
}
