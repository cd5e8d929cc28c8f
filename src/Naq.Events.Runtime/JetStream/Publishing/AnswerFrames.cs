using System.Buffers.Text;
using System.Text;

namespace Naq.Events.JetStream.Publishing;

/// <summary>
/// Takes answers to publishes out of what a server sends (MSG, and HMSG, without a payload when nobody listens), and keeps the rest
/// for NATS.Net. Answers are recognized by the id of their subscription, which is none of NATS.Net's numbers.
/// </summary>
/// <param name="onAnswer">Called with the slot and the payload; empty when nobody listens.</param>
/// <param name="onPause">Called when all that has come so far was read.</param>
/// <param name="onError">Called with what the server complains of (-ERR), which NATS.Net is told of too.</param>
internal sealed class AnswerFrames(AnswerRead onAnswer, Action onPause, Action<string>? onError = null)
{
    private const int InitialCapacity = 64 * 1024;

    // A control line names four tokens at most.
    private const int MostTokens = 6;

    private byte[] _bytes = new byte[InitialCapacity];
    private int _start;
    private int _end;
    private byte[] _others = new byte[4096];
    private int _othersStart;
    private int _othersEnd;

    /// <summary>The id that the subscription to all answers has.</summary>
    public static ReadOnlySpan<byte> SubscriptionId => "naq"u8;

    /// <summary>Where to receive into.</summary>
    public Memory<byte> Free()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
        }
        else if (_bytes.Length - _end < _bytes.Length / 4)
        {
            var whole = _end - _start < _bytes.Length / 2 ? _bytes : new byte[_bytes.Length * 2];
            _bytes.AsSpan(_start, _end - _start).CopyTo(whole);
            (_bytes, _start, _end) = (whole, 0, _end - _start);
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes were received.</summary>
    public void Received(int count)
    {
        _end += count;
        while (TryReadFrame())
        {
        }

        onPause();
    }

    /// <summary>Gives what is NATS.Net's.</summary>
    public int TakeOthers(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, _othersEnd - _othersStart);
        _others.AsSpan(_othersStart, count).CopyTo(destination);
        _othersStart += count;
        if (_othersStart == _othersEnd)
            (_othersStart, _othersEnd) = (0, 0);

        return count;
    }

    private bool TryReadFrame()
    {
        var unread = _bytes.AsSpan(_start, _end - _start);
        var line = unread.IndexOf((byte)'\n') + 1;
        if (line == 0)
            return false;

        var isMessage = unread[0] is (byte)'M' or (byte)'m';
        var isHeaded = unread[0] is (byte)'H' or (byte)'h';
        if (!isMessage && !isHeaded)
        {
            if (unread.StartsWith("-ERR"u8))
                onError?.Invoke(Encoding.UTF8.GetString(unread[4..line].Trim(" '\r\n"u8)));

            PassOn(unread[..line]);
            _start += line;
            return true;
        }

        Span<Range> tokens = stackalloc Range[MostTokens];
        var control = unread[..line].TrimEnd("\r\n"u8);
        var count = Split(control, tokens);
        if (count < 4 || !TryNumber(control[tokens[count - 1]], out var size))
            throw new FormatException($"The server sent '{Encoding.UTF8.GetString(control)}', which is no message.");

        if (unread.Length - line - 2 < size)
            return false;

        var whole = line + size + 2;

        if (control[tokens[2]].SequenceEqual(SubscriptionId))
            Answer(control[tokens[1]], unread.Slice(line, size)[HeadersOf(isHeaded, control[tokens[count - 2]], size)..]);
        else
            PassOn(unread[..whole]);

        _start += whole;
        return true;
    }

    private static int HeadersOf(bool isHeaded, ReadOnlySpan<byte> token, int size) =>
        !isHeaded ? 0 : TryNumber(token, out var headers) && headers <= size ? headers : size;

    private void Answer(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> payload)
    {
        if (TryNumber(subject[(subject.LastIndexOf((byte)'.') + 1)..], out var slot))
            onAnswer(slot, payload);
    }

    private void PassOn(ReadOnlySpan<byte> frame)
    {
        if (_others.Length - _othersEnd < frame.Length)
            Array.Resize(ref _others, Math.Max(_others.Length * 2, _othersEnd + frame.Length));

        frame.CopyTo(_others.AsSpan(_othersEnd));
        _othersEnd += frame.Length;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out int number) =>
        Utf8Parser.TryParse(text, out number, out var length) && length == text.Length && number >= 0;

    private static int Split(ReadOnlySpan<byte> line, Span<Range> tokens)
    {
        var count = 0;
        foreach (var token in line.SplitAny(" \t"u8))
        {
            // Servers write one space; the protocol allows for several.
            if (token.Start.Value == token.End.Value)
                continue;

            if (count == tokens.Length)
                return 0;

            tokens[count++] = token;
        }

        return count;
    }
}

/// <summary>An answer to a published event; the payload is empty when nobody listens to its subject.</summary>
internal delegate void AnswerRead(int slot, ReadOnlySpan<byte> payload);
