using CsCheck;
using Naq.Events.Logging.Spooling;

namespace Naq.Events.Runtime.Tests.Logging.Spooling;

/// <summary>Any sequence of calls, clean ends and crashes, beside a list.</summary>
public sealed class SpoolModelTests
{
    private static readonly Gen<(int Kind, int Amount)[]> Steps = Gen.Select(Gen.Int[0, 5], Gen.Int[1, 40]).Array[1, 60];

    [Fact]
    public void It_is_a_queue_whatever_happens_to_the_process() => Steps.Sample(
        steps =>
        {
            using var folder = new SpoolFolder();
            var spool = folder.Open();
            var model = new Queue<long>();
            var read = 0L;
            foreach (var (kind, amount) in steps)
            {
                switch (kind)
                {
                    case 0 or 1:
                        for (var i = 0; i < amount; i++)
                        {
                            var inMemory = spool.Unread == 0 && kind == 1;
                            Assert.True(spool.Append(payloadLength: amount * 5, isRead: inMemory));
                            model.Enqueue(spool.LastOrder);
                            if (inMemory)
                                read = spool.LastOrder;
                        }

                        break;
                    case 2:
                        for (var i = 0; i < amount && spool.TryRead(out var spooled); i++)
                        {
                            Assert.Equal(model.First(order => order > read), spooled.Order);
                            read = spooled.Order;
                        }

                        break;
                    case 3:
                        var done = Math.Min(read, spool.Acknowledged + amount);
                        spool.Take(read);
                        spool.Acknowledge(done);
                        while (model.TryPeek(out var order) && order <= done)
                            model.Dequeue();

                        break;
                    case 4:
                        spool.Dispose();
                        spool = folder.Open();
                        read = spool.Acknowledged;
                        break;
                    default:
                        using (var copy = folder.Open(directory: folder.Copy()))
                            Assert.Equal(model, copy.ReadAll());

                        break;
                }

                Assert.Equal(model.LongCount(order => order > read), spool.Unread);
            }

            Assert.Equal(model.Where(order => order > read), spool.ReadAll());
            spool.Dispose();
            Assert.Empty(folder.Log.Lines);
        },
        iter: 200);
}
