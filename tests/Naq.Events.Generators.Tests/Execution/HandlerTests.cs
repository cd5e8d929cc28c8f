namespace Naq.Events.Generators.Tests.Execution;

/// <summary>Filters, names given by attribute and handlers of base classes.</summary>
public sealed class HandlerTests
{
    [Theory]
    [InlineData("Queue = \"emails\"", "emails", true)]
    [InlineData("Queue = \"emails\"", "Emails", false)]
    [InlineData("Queue = \"emails\"", null, false)]
    [InlineData("Queue = \"*\"", "emails", true)]
    [InlineData("Queue = \"*\"", null, false)]
    [InlineData("Queue = \"emails-*\"", "emails-high", true)]
    [InlineData("Queue = \"emails-*\"", "old-emails-", false)]
    [InlineData("Queue = \"*-high\"", "emails-high", true)]
    [InlineData("Queue = \"*mail*\"", "e-mails", true)]
    [InlineData("Queue = \"*mail*\"", "post", false)]
    [InlineData("Queue = \"emails\", WorkerType = \"smtp*\", Service = \"shop\"", "emails", true)]
    [InlineData("Queue = \"emails\", WorkerType = \"smtp*\", Service = \"bank\"", "emails", false)]
    public void FiltersAreCompared(string filter, string? queue, bool passes)
    {
        var jobEvent = new JobEvent("job-1", JobEventType.Failed) { QueueName = queue, WorkerType = "smtp-1", Service = "shop" };
        foreach (var attribute in new[] { $"[OnJobEvent({filter})]", $"[OnJobEvent(JobEventType.Failed, {filter})]" })
            Assert.Equal(passes ? 1 : 0, Calls($"{attribute} void On() => Count++;", jobEvent));
    }

    [Theory]
    [InlineData("failed", "emails", 1)]
    [InlineData("failed", "other", 0)]
    [InlineData("timeout", "other", 1)]
    [InlineData("started", "other", 0)]
    [InlineData("started", "all", 1)]
    public void EachAttributeHasItsOwnFilter(string name, string queue, int calls) => Assert.Equal(calls, Calls(
        "[OnJobEvent(JobEventType.Failed, Queue = \"emails\")] [OnJobEvent(\"timeout\")] [OnJobEvent(Queue = \"all\")] void On() => Count++;",
        new JobEvent("job-1", name) { QueueName = queue }));

    [Fact]
    public void AttributesSayWhereAParameterComesFrom() => Assert.Equal(2 + 30 + 400, Calls(
        """
        [OnJobEvent("x")]
        void On([JobEventField(JobEventFieldName.Attempt)] int tries, [JobEventDetail("size_bytes")] int size,
            [JobEventField(JobEventFieldName.DurationMs)] TimeSpan took, [JobEventTag("who")] string? workerId = null) =>
            Count = tries + size + (int)took.TotalMilliseconds + (workerId is null ? 0 : 1000);
        """,
        new JobEvent("job-1", "x") { Attempt = 2, Details = JobEventFields.Parse("""{"size_bytes":30}"""), DurationMs = 400, WorkerId = "w" }));

    [Fact]
    public void ADerivedClassHasTheHandlersOfItsBases()
    {
        var calls = Script.Run<List<string>>([Sources.Dispatcher, """
            namespace Shop;
            internal abstract partial class Base<T>
            {
                public List<string> Calls { get; } = [];

                [OnJobEvent("x")]
                protected void OnBase(string jobId, T size) => Calls.Add($"base {jobId} {size}");

                [OnJobEvent("x")]
                public virtual void Overridden() => Calls.Add("not overridden");

                [OnJobEvent("x")]
                public void Hidden() => Calls.Add("not hidden");

                [OnJobEvent("x")]
                protected static void Static(JobEvent e) { }
            }

            [OnJobEvent("y")]
            internal partial class Middle : Base<int>
            {
                public void HandleAsync() => Calls.Add("middle");
            }

            internal sealed partial class Derived : Middle
            {
                public override void Overridden() => Calls.Add("overridden");

                public new void Hidden() => Calls.Add("hidden");

                [OnJobEvent("x")]
                private void OnDerived() => Calls.Add("derived");
            }

            internal sealed record Box(int Width);

            [JobEventHandlers]
            internal sealed partial class OfBoxes : Base<Box>;

            [JobEventHandlers]
            internal sealed partial class Bare : Base<long>;

            internal static class Program
            {
                public static List<string> Run()
                {
                    var sized = new JobEvent("job-1", "x") { Details = JobEventFields.Parse("{\"size\":7}") };
                    var derived = new Derived();
                    Dispatcher.Dispatch(derived, sized);
                    Dispatcher.Dispatch(derived, new JobEvent("job-1", "y"));
                    var bare = new Bare();
                    Dispatcher.Dispatch(bare, sized);
                    var boxes = new OfBoxes();
                    Dispatcher.Dispatch(boxes, new JobEvent("job-1", "x") { Details = JobEventFields.Parse("{\"size\":{\"width\":3}}") });
                    derived.Calls.Add(boxes.Calls[0]);
                    return [.. derived.Calls, .. Dispatcher.Events<Derived>(), .. bare.Calls, .. Dispatcher.Names<Bare>(sized)];
                }
            }
            """]);

        Assert.Equal(
            [
                "base job-1 7", "overridden", "derived", "middle", "base job-1 Box { Width = 3 }", "x", "y",
                "base job-1 7", "not overridden", "not hidden", "Bare.OnBase", "Bare.Overridden", "Bare.Hidden", "Bare.Static",
            ],
            calls);
    }

    private static int Calls(string handler, JobEvent jobEvent) => Script.Run<int>([Sources.Dispatcher, $$"""
        namespace Shop;
        internal sealed partial class Handlers
        {
            public int Count;
            {{handler}}
        }
        internal static class Program
        {
            public static int Run(JobEvent jobEvent)
            {
                var handlers = new Handlers();
                Dispatcher.Dispatch(handlers, jobEvent);
                return handlers.Count;
            }
        }
        """], jobEvent);
}
