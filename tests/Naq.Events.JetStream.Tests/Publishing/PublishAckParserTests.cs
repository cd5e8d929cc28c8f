using System.Text;
using Naq.Events.JetStream.Publishing;

namespace Naq.Events.JetStream.Tests.Publishing;

public sealed class PublishAckParserTests
{
    [Theory]
    [InlineData("""{"stream":"naq_events","seq":17}""", 17, false)]
    [InlineData("""{"stream":"naq_events", "seq":17}""", 17, false)]
    [InlineData("""{"stream":"naq_events", "seq":17,"duplicate": true}""", 17, true)]
    [InlineData("""{"stream":"naq_events", "seq":18,"batch":"b","count":9}""", 18, false)]
    [InlineData("""{"stream":"naq_events","seq":18446744073709551615,"duplicate":true}""", ulong.MaxValue, true)]
    [InlineData("""{"stream":"S","domain":"hub","seq":3}""", 3, false)]
    [InlineData("""{"stream":"S","seq":3,"domain":"hub","duplicate":true}""", 3, true)]
    [InlineData("""{"stream":"S","seq":3,"domain":"hub"}""", 3, false)]
    [InlineData("""{ "seq": 5, "stream": "S", "val": {"seq": 9} }""", 5, false)]
    [InlineData("""{"stream":"S","seq":3,"batch":"b","count":2}""", 3, false)]
    public void An_event_that_is_stored_has_a_sequence(string answer, ulong sequence, bool duplicate) =>
        Assert.Equal(new PublishAck(sequence, duplicate, 0, null), PublishAckParser.Parse(Encoding.UTF8.GetBytes(answer)));

    [Theory]
    [InlineData("""{"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"},"stream":"S","seq":0}""", 10077, "maximum messages exceeded")]
    [InlineData("""{"stream":"S","seq":4,"error":{"description":"no","err_code":7}}""", 7, "no")]
    [InlineData("""{"error":{}}""", 0, "the server gives no reason")]
    [InlineData("""{"stream":"S","seq":0}""", 0, "the server's answer names no sequence")]
    [InlineData("""{"stream":"S"}""", 0, "the server's answer names no sequence")]
    [InlineData("""{}""", 0, "the server's answer names no sequence")]
    public void A_refusal_has_the_servers_words(string answer, int errorCode, string refusal) =>
        Assert.Equal(new PublishAck(0, false, errorCode, refusal), PublishAckParser.Parse(Encoding.UTF8.GetBytes(answer)));

    [Theory]
    [InlineData("")]
    [InlineData("+OK")]
    [InlineData("[1]")]
    [InlineData("""{"stream":"S","seq":""")]
    [InlineData("""{"stream":"S","seq":-4}""")]
    [InlineData("""{"stream":"S","seq":"4"}""")]
    [InlineData("""{"stream":"S","seq":12""")]
    [InlineData("""{"error":{"err_code":99999999999}}""")]
    public void What_is_not_understood_is_a_refusal(string answer)
    {
        var ack = PublishAckParser.Parse(Encoding.UTF8.GetBytes(answer));

        Assert.Equal(0UL, ack.Sequence);
        Assert.StartsWith("the server's answer is not understood", ack.Refusal);
    }
}
