using System.Text;

namespace Naq.Events.Logging.Spooling;

/// <content>Reading, which trusts nothing: the file may be cut off or damaged anywhere.</content>
internal sealed partial class SpoolSegment
{
    private const int ScannedAtOnce = 64 * 1024;

    /// <summary>Reads what stands at a position.</summary>
    /// <param name="position">Moved behind it.</param>
    /// <param name="after">The order of the event before: orders only grow.</param>
    /// <param name="scratch">Where the bytes are put; replaced by a larger array when they do not fit.</param>
    /// <param name="record">The record.</param>
    public SpoolRead Read(ref int position, long after, ref byte[] scratch, out SpoolRecord record)
    {
        record = default;
        if (position >= _file.Length || (_isEndKnown && position == End))
            return SpoolRead.End;

        if (TryRecord(position, after, ref scratch, out record))
        {
            position += SpoolRecord.Padded(record.Length);
            return SpoolRead.Record;
        }

        var isUnfinished = false;
        if (_file.Length - position >= sizeof(int))
        {
            var length = _file.Read<int>(position);
            if (length == Seal)
                return SpoolRead.End;

            isUnfinished = length == 0;
        }

        if (isUnfinished && IsEmptyFrom(position))
            return SpoolRead.End;

        var next = FindRecord(position + 8, after, ref scratch);

        // What has no length was not finished when the process ended: its log call had not returned.
        if (next < 0 && isUnfinished)
            return SpoolRead.End;

        position = next < 0 ? _file.Length : next;
        return SpoolRead.Damage;
    }

    /// <summary>The event that was read last into the array.</summary>
    public static SpooledEvent EventOf(scoped in SpoolRecord record, byte[] scratch)
    {
        var trace = scratch.AsSpan(SpoolRecord.HeadLength, record.TraceLength);
        return new SpooledEvent(
            record.Order,
            record.Time,
            record.MaybeStored,
            scratch.AsSpan(SpoolRecord.HeadLength + record.TraceLength, record.PayloadLength + record.SubjectLength),
            record.PayloadLength,
            record.Id,
            trace.IsEmpty ? null : Encoding.ASCII.GetString(trace));
    }

    /// <summary>Goes on where an earlier process ended.</summary>
    /// <returns>Whether events can be appended there.</returns>
    public bool Continue(int end, long lastOrder, long count, int bytes)
    {
        (End, LastOrder, Count, _isEndKnown) = (end, lastOrder, count, true);
        if (IsSealed || _file.Length != bytes || end >= bytes)
            return false;

        _file.Clear(end, _file.Length);
        return true;
    }

    private bool TryRecord(int position, long after, ref byte[] scratch, out SpoolRecord record)
    {
        record = default;
        if (_file.Length - position < SpoolRecord.HeadLength)
            return false;

        Span<byte> head = stackalloc byte[SpoolRecord.HeadLength];
        _file.Read(position, head);
        record = SpoolRecord.Read(head);
        if (record.Length < SpoolRecord.HeadLength || record.Order <= after || !record.IsPlausible(_file.Length - position))
            return false;

        if (scratch.Length < record.Length)
            scratch = new byte[Math.Max(record.Length, scratch.Length * 2)];

        var whole = scratch.AsSpan(0, record.Length);
        _file.Read(position, whole);
        return SpoolRecord.Matches(whole, record.Checksum, Number);
    }

    private int FindRecord(int position, long after, ref byte[] scratch)
    {
        for (; position <= _file.Length - SpoolRecord.HeadLength; position += 8)
        {
            if (_file.Read<int>(position) >= SpoolRecord.HeadLength && TryRecord(position, after, ref scratch, out _))
                return position;
        }

        return -1;
    }

    private bool IsEmptyFrom(int position)
    {
        Span<byte> chunk = new byte[ScannedAtOnce];
        for (; position < _file.Length; position += chunk.Length)
        {
            var part = chunk[..Math.Min(chunk.Length, _file.Length - position)];
            _file.Read(position, part);
            if (part.ContainsAnyExcept((byte)0))
                return false;
        }

        return true;
    }
}
