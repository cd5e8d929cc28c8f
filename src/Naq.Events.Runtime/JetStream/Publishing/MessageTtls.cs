using System.Globalization;
using System.Text;
using Naq.Events.Storage;

namespace Naq.Events.JetStream.Publishing;

/// <summary>How long the server is to keep a message (<c>Nats-TTL</c>, ADR-43): headers made once for each event name.</summary>
internal sealed class MessageTtls
{
    public const string Header = "Nats-TTL";

    private readonly Ttl[] _own;
    private readonly Ttl? _others;

    private MessageTtls(IDictionary<string, TimeSpan> retention)
    {
        var own = new List<Ttl>(retention.Count);
        foreach (var (eventName, time) in retention)
        {
            if (eventName == RetentionNames.Others)
                _others = new Ttl("", time);
            else
                own.Add(new Ttl(eventName, time));
        }

        _own = [.. own];
    }

    /// <summary>Nothing when no retention is set, so that nothing is looked up.</summary>
    public static MessageTtls? Of(IDictionary<string, TimeSpan> retention) => retention.Count == 0 ? null : new MessageTtls(retention);

    /// <summary>The header's line for an event; empty when the stream's own age is all that counts.</summary>
    public ReadOnlySpan<byte> LineOf(ReadOnlySpan<byte> subject) => Find(subject) is { } ttl ? ttl.Line : default;

    /// <summary>The header's value for an event.</summary>
    public string? SecondsOf(ReadOnlySpan<byte> subject) => Find(subject)?.Seconds;

    private Ttl? Find(ReadOnlySpan<byte> subject)
    {
        var name = subject[(subject.LastIndexOf((byte)'.') + 1)..];
        foreach (var ttl in _own)
        {
            if (name.SequenceEqual(ttl.Name))
                return ttl;
        }

        return _others;
    }

    private sealed class Ttl
    {
        public Ttl(string eventName, TimeSpan time)
        {
            Name = Encoding.ASCII.GetBytes(eventName);
            Seconds = ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            Line = Encoding.ASCII.GetBytes($"{Header}: {Seconds}\r\n");
        }

        public byte[] Name { get; }

        public byte[] Line { get; }

        public string Seconds { get; }
    }
}
