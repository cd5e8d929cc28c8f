using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class AddUsingFixTests
{
    [Theory]
    [InlineData("var job = {|NAQ0035:_logger.BeginJob(\"a\")|}; job.Complete();", "using var job = _logger.BeginJob(\"a\"); job.Complete();")]
    [InlineData("JobScope scope = {|NAQ0035:_logger.BeginJob(\"a\")|};", "using JobScope scope = _logger.BeginJob(\"a\");")]
    [InlineData("{|NAQ0035:_logger.BeginJob(\"a\")|}; // begins", "using var job = _logger.BeginJob(\"a\"); // begins")]
    [InlineData("_ = {|NAQ0035:_logger.BeginJob(\"a\")|};", "using var job = _logger.BeginJob(\"a\");")]
    [InlineData("int job = 1; {|NAQ0035:_logger.BeginJob(\"a\")|};", "int job = 1; using var job2 = _logger.BeginJob(\"a\");")]
    public Task DisposesItAtTheEndOfTheBlock(string statements, string fixedStatements) =>
        FixCheck.Fixes<JobScopeAnalyzer, AddUsingFix>(In(statements), In(fixedStatements));

    private static string In(string statements) => $$"""
        internal class Worker
        {
            private readonly IJobEventLogger _logger = null!;

            public void Work()
            {
                {{statements}}
            }
        }
        """;
}
