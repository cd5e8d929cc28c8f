using System.Text;

namespace Naq.Events.Runtime.Tests.Serialization;

/// <summary>An event that was read says what it says also when it is asked late, copied, or asked by many.</summary>
public sealed class ReadEventTests
{
    private const string Json =
        """
        {"version":"1.0","job_id":"job-1","event_type":"failed","timestamp":1.5,"worker_id":"w\u00f61","worker_type":"","queue_name":"express",
        "message":"no \"way\"","details":{"parcels":17},"error_type":"System.IO.IOException","error_message":"disk","duration_ms":12.5,
        "memory_mb":1e2,"cpu_time_ms":null,"tags":{"tenant":"acme","gone":null},"metadata":{"a":[1]},"run_id":"r","parent_id":5,
        "error_stack":"at X","queue_name":"parcels"}
        """;

    [Fact]
    public void A_copy_has_what_was_set_and_the_rest_as_it_was_read()
    {
        var copy = Read() with { WorkerId = null, QueueName = "other", DurationMs = 1, MemoryMb = null, Tags = new Dictionary<string, string>() };

        Assert.Null(copy.WorkerId);
        Assert.Equal(("other", 1, null), (copy.QueueName, copy.DurationMs, copy.MemoryMb));
        Assert.Empty(copy.Tags);
        Assert.Equal(("no \"way\"", "System.IO.IOException", "disk", "at X", "r"), (copy.Message, copy.ErrorType, copy.ErrorMessage, copy.ErrorStack, copy.RunId));
        Assert.Equal("""{"parcels":17}""", copy.Details.ToString());
    }

    [Fact]
    public void Members_are_as_written_the_last_of_several_counts_and_what_is_empty_or_foreign_is_none()
    {
        var read = Read();

        Assert.Equal(("wö1", "parcels", 12.5, 100), (read.WorkerId, read.QueueName, read.DurationMs, read.MemoryMb));
        Assert.Null(read.WorkerType);
        Assert.Null(read.CpuTimeMs);
        Assert.Null(read.ParentId);
        Assert.Equal([new("tenant", "acme")], read.Tags);
        Assert.Equal("""{"a":[1]}""", read.Metadata.ToString());
        Assert.Equal(read, JobEvent.Parse(read.ToUtf8Json()));
        Assert.Same(read.Message, read.Message);
        Assert.Same(read.Tags, read.Tags);
    }

    [Fact]
    public void Many_may_ask_at_once() => Parallel.For(0, 200, static _ =>
    {
        var read = Read();
        Parallel.For(0, 4, _ => Assert.Equal(("no \"way\"", "acme"), (read.Message, read.Tags["tenant"])));
    });

    [Fact]
    public void The_id_as_it_was_read_stays_when_a_copy_has_another()
    {
        var id = Guid.CreateVersion7();
        var read = Read();
        read.SetHeaders(Encoding.UTF8.GetBytes(id.ToString("D")), traceParent: null);

        Assert.Equal((id, id.ToString("D")), (read.Id, read.MessageId));
        Assert.Equal(id.ToString("D"), (read with { Id = Guid.Empty }).MessageId);
    }

    [Theory]
    [InlineData("0199A1B2-0000-7000-8000-00000000000A", true)]
    [InlineData("not-an-id", false)]
    public void A_header_that_we_would_not_write_so_is_kept(string header, bool isId)
    {
        var read = Read();
        read.SetHeaders(Encoding.UTF8.GetBytes(header), traceParent: null);

        Assert.Equal(header, read.MessageId);
        Assert.Equal(isId, read.Id != Guid.Empty);
    }

    [Fact]
    public void What_nobody_asks_for_costs_no_more_than_the_bytes_it_came_in()
    {
        var utf8 = Encoding.UTF8.GetBytes(Json);
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                GC.KeepAlive(JobEvent.Parse(utf8));

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / 100);
        }

        // The event itself, its job's id and a copy of its JSON.
        Assert.InRange(least, utf8.Length, utf8.Length + 640);
    }

    private static JobEvent Read() => JobEvent.Parse(Encoding.UTF8.GetBytes(Json));
}
