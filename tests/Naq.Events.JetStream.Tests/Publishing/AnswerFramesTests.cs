using System.Text;
using CsCheck;
using Naq.Events.JetStream.Publishing;

namespace Naq.Events.JetStream.Tests.Publishing;

public sealed class AnswerFramesTests
{
    private static readonly Gen<Frame> Frames = Gen.OneOf(
        Gen.Select(Gen.Int[0, 5_000], Payload(200), static (slot, payload) => new Frame(
            $"MSG _INBOX.x.{slot} naq {payload.Length}\r\n{payload}\r\n", (slot, payload))),
        Gen.Int[0, 5_000].Select(static slot => new Frame($"HMSG _INBOX.x.{slot} naq 16 16\r\nNATS/1.0 503\r\n\r\n\r\n", (slot, ""))),
        Gen.Select(Gen.Int[0, 5_000], Payload(200), static (slot, payload) => new Frame(
            $"HMSG _INBOX.x.{slot} naq 34 {34 + payload.Length}\r\nNATS/1.0 429 Too Many Requests\r\n\r\n{payload}\r\n", (slot, payload))),
        Gen.Select(Gen.Int[1, 99], Payload(3_000), static (id, payload) => new Frame($"MSG other.subject {id} {payload.Length}\r\n{payload}\r\n", null)),
        Gen.Const(new Frame("MSG other.subject 7 reply.to 2\r\nok\r\n", null)),
        Gen.Const(new Frame("PING\r\n", null)),
        Gen.Const(new Frame("PONG\r\n", null)),
        Gen.Const(new Frame("+OK\r\n", null)),
        Gen.Const(new Frame("-ERR 'Permissions Violation for Publish to \"a.b\"'\r\n", null)),
        Gen.Int[1, 90_000].Select(static length => new Frame($"INFO {{\"x\":\"{new string('y', length)}\"}}\r\n", null)));

    [Fact]
    public void Answers_are_taken_out_and_all_else_is_kept_however_the_bytes_arrive() =>
        Gen.Select(Frames.Array[0, 30], Gen.Int[1, 70_000].Array[1, 20]).Sample(static (frames, pieces) =>
        {
            var (answers, others) = Read(Encoding.UTF8.GetBytes(string.Concat(frames.Select(static frame => frame.Text))), pieces);

            Assert.Equal(frames.Where(static frame => frame.Answer is not null).Select(static frame => frame.Answer!.Value), answers);
            Assert.Equal(string.Concat(frames.Where(static frame => frame.Answer is null).Select(static frame => frame.Text)), others);
        }, iter: 2_000);

    [Fact]
    public void Byte_by_byte_is_as_good_as_all_at_once()
    {
        var text = "PING\r\nMSG _INBOX.x.17 naq 4\r\n{\r\n}\r\n-ERR 'x'\r\nHMSG _INBOX.x.18 naq 16 16\r\nNATS/1.0 503\r\n\r\n\r\n";

        var (answers, others) = Read(Encoding.UTF8.GetBytes(text), [1]);

        Assert.Equal([(17, "{\r\n}"), (18, "")], answers);
        Assert.Equal("PING\r\n-ERR 'x'\r\n", others);
    }

    [Theory]
    [InlineData("MSG _INBOX.x.notanumber naq 2\r\nok\r\n")]
    [InlineData("MSG _INBOX.x.99999999999 naq 2\r\nok\r\n")]
    [InlineData("MSG _INBOX.x.-1 naq 0\r\n\r\n")]
    public void An_answer_for_no_slot_of_ours_harms_nobody(string text)
    {
        var (answers, others) = Read(Encoding.UTF8.GetBytes(text + "PING\r\n"), [1000]);

        Assert.Empty(answers);
        Assert.Equal("PING\r\n", others);
    }

    [Fact]
    public void What_the_server_complains_of_is_told_and_kept()
    {
        var errors = new List<string>();
        var frames = new AnswerFrames(static (_, _) => { }, static () => { }, errors.Add);
        var text = "PING\r\n-ERR 'Authorization Violation'\r\n"u8;
        text.CopyTo(frames.Free().Span);

        frames.Received(text.Length);

        Assert.Equal(["Authorization Violation"], errors);
        Assert.Equal(text.Length, frames.TakeOthers(new byte[100]));
    }

    [Theory]
    [InlineData("MSG\r\n")]
    [InlineData("MSG a b\r\n")]
    [InlineData("MSG a naq many\r\n")]
    [InlineData("MSG a naq -5\r\n")]
    [InlineData("MSG a naq 99999999999\r\n")]
    [InlineData("MSG a b c d e f g 1\r\n")]
    public void What_is_no_protocol_ends_the_connection(string text) =>
        Assert.Throws<FormatException>(() => Read(Encoding.UTF8.GetBytes(text), [1000]));

    private static Gen<string> Payload(int longest) => Gen.Char[' ', '~'].Array[0, longest].Select(static text => new string(text) + "\r\nMSG ");

    private static (List<(int Slot, string Payload)> Answers, string Others) Read(byte[] bytes, int[] pieces)
    {
        var answers = new List<(int, string)>();
        var others = new StringBuilder();
        var frames = new AnswerFrames((slot, payload) => answers.Add((slot, Encoding.UTF8.GetString(payload))), static () => { });
        var destination = new byte[777];
        var position = 0;
        for (var piece = 0; position < bytes.Length; piece++)
        {
            var free = frames.Free();
            Assert.False(free.IsEmpty);
            var count = Math.Min(Math.Min(free.Length, pieces[piece % pieces.Length]), bytes.Length - position);
            bytes.AsMemory(position, count).CopyTo(free);
            position += count;
            frames.Received(count);
            while (frames.TakeOthers(destination) is var taken and > 0)
                others.Append(Encoding.UTF8.GetString(destination, 0, taken));
        }

        return (answers, others.ToString());
    }

    private sealed record Frame(string Text, (int Slot, string Payload)? Answer);
}
