namespace Naq.Events.JetStream.ServiceStreams;

/// <summary>Cursors over several streams.</summary>
internal static class MergedCursor
{
    /// <summary>Refuses a cursor that knows none of the streams: a read after it would begin at the beginning of all.</summary>
    /// <exception cref="ArgumentException">It knows none.</exception>
    public static void Check(JobEventCursor cursor, IReadOnlyList<ServiceStream> streams)
    {
        var known = cursor.Positions;
        if (streams.Count > 0 && !streams.Any(stream => known.ContainsKey(stream.Id)))
        {
            throw new ArgumentException(
                $"The cursor '{cursor}' is of none of the streams that are read, or they were removed and made again since. Read without a cursor first, "
                + "and go on with the cursor of that read.");
        }
    }
}
