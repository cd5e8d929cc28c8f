using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class MakePartialFixTests
{
    [Fact]
    public Task MakesEveryTypeAroundAnEventMethodPartial() => FixCheck.Fixes<JobEventMethodAnalyzer, MakePartialFix>(
        """
        // A comment that stays.
        class Outer
        {
            internal partial struct Middle
            {
                internal static class Events
                {
                    [JobEvent("x")]
                    public static partial JobEvent {|NAQ0002:X|}(string jobId);

                    [JobEvent("y")]
                    public static partial JobEvent {|NAQ0002:Y|}(string jobId);
                }
            }
        }
        """,
        """
        // A comment that stays.
        partial class Outer
        {
            internal partial struct Middle
            {
                internal static partial class Events
                {
                    [JobEvent("x")]
                    public static partial JobEvent X(string jobId);

                    [JobEvent("y")]
                    public static partial JobEvent Y(string jobId);
                }
            }
        }
        """);

    [Fact]
    public Task MakesAHandlerClassPartial() => FixCheck.Fixes<JobEventHandlerAnalyzer, MakePartialFix>(
        """
        public sealed record {|NAQ0012:Handlers|}
        {
            [OnJobEvent]
            private void On() { }
        }
        """,
        """
        public sealed partial record Handlers
        {
            [OnJobEvent]
            private void On() { }
        }
        """);
}
