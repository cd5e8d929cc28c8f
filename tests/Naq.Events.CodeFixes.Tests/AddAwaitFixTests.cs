using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class AddAwaitFixTests
{
    [Theory]
    [InlineData("public async Task M()", "{|NAQ0026:_logger.LogAsync(_event)|};", "public async Task M()", "await _logger.LogAsync(_event);")]
    [InlineData("public async Task M()", "_ = {|NAQ0026:_logger.FlushAsync()|};", "public async Task M()", "await _logger.FlushAsync();")]
    [InlineData("[OnJobEvent(\"x\")] public void M()", "{|NAQ0026:_logger.LogAsync(_event)|};", "[OnJobEvent(\"x\")] public async Task M()", "await _logger.LogAsync(_event);")]
    [InlineData("public void M()", "{|NAQ0026:_logger.LogAsync(_event)|};", "public void M()", "{|NAQ0026:_logger.LogAsync(_event)|};")]
    public Task OfALogCall(string head, string body, string fixedHead, string fixedBody) =>
        FixCheck.Fixes<DiscardedEventAnalyzer, AddAwaitFix>(In(head, body), In(fixedHead, fixedBody));

    [Theory]
    [InlineData("{|NAQ0024:Size().Wait()|};", "await Size();")]
    [InlineData("Console.Write({|NAQ0024:Size().Result|});", "Console.Write(await Size());")]
    [InlineData("Console.Write({|NAQ0024:Size().Result|}.GetType());", "Console.Write((await Size()).GetType());")]
    [InlineData("Console.Write({|NAQ0024:Size().GetAwaiter().GetResult()|});", "Console.Write(await Size());")]
    public Task OfABlockingCall(string body, string fixedBody) => FixCheck.Fixes<HandlerBodyAnalyzer, AddAwaitFix>(
        In("[OnJobEvent] public void M()", body), In("[OnJobEvent] public async Task M()", fixedBody));

    private static string In(string head, string body) => $$"""
        internal partial class Handlers
        {
            private readonly IJobEventLogger _logger = null!;
            private readonly JobEvent _event = null!;

            {{head}}
            {
                {{body}}
            }

            private static Task<int> Size() => Task.FromResult(1);
        }
        """;
}
