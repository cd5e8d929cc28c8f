using System.Diagnostics;
using Naq.Events.CompilerServices;

namespace Naq.Events.Runtime.Tests.Redaction;

public sealed class RedactionAllocationTests
{
    [Theory]
    [InlineData("""{"user":"ada","rows":[{"n":1},{"n":2}]}""")]
    [InlineData("""{"user":"ada","password":"x","rows":[{"api_key":1},{"secret":{"a":[]}}]}""")]
    public void Looking_through_details_allocates_nothing(string json)
    {
        var fields = JobEventFields.Parse(json);
        var headers = new Dictionary<string, string> { ["accept"] = "*/*", ["cookie"] = "a=b" };
        long allocated;
        var deadline = Stopwatch.StartNew();

        // The first rounds fill pools, and run code that is not optimized yet.
        do
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
                Write(fields, headers);

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        while (allocated > 0 && deadline.Elapsed < TimeSpan.FromSeconds(20));

        Assert.Equal(0, allocated);
    }

    private static void Write(JobEventFields fields, Dictionary<string, string> headers)
    {
        var writer = JobEventWriter.Create("job", "set_by_hand"u8);
        try
        {
            writer.Details(fields);
            writer.BeginMetadata();
            writer.Write("headers"u8, headers, static (ref values, value) =>
            {
                _ = values.BeginDictionary(value);
                foreach (var item in value)
                {
                    values.Name(item.Key);
                    values.Value(item.Value);
                }

                values.EndDictionary();
            });
            writer.EndMetadata();
            writer.Complete();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
