using Naq.Events.Storage;

namespace Naq.Events.Transfer;

/// <summary>Reads lines and stores their events, batch by batch.</summary>
internal sealed class EventImporter(
    IJobEventStore store, JobEventImportOptions options, IProgress<JobEventImportProgress>? progress, CancellationToken cancellationToken)
{
    // What an event may have, each byte escaped as \u00XX, and the members outside of it.
    private const int MaxLineBytes = 7 * JobEventLimits.EventBytes;
    private const int MaxBatchBytes = 8 * 1024 * 1024;

    private readonly List<(long Line, JobEvent Event)> _batch = [];
    private readonly List<JobEventRefusedLine> _refusedLines = [];
    private JobEventImportProgress _done = new(options.AfterLine, 0, 0, 0);
    private long _batchBytes;
    private long _refused;

    public async ValueTask<JobEventImportResult> ImportAsync(SourceStream source)
    {
        using var lines = new LineReader(source.Text, MaxLineBytes);
        while (await NextAsync(lines).ConfigureAwait(false))
        {
            if (lines.Number <= options.AfterLine || (!lines.IsTooLong && !lines.Line.Span.ContainsAnyExcept(" \t\r"u8)))
                continue;

            if (Read(lines) is { } problem)
                await RefuseAsync(lines, problem).ConfigureAwait(false);

            _batchBytes += lines.Line.Length;
            if (_batch.Count >= options.BatchSize || _batchBytes >= MaxBatchBytes)
                await StoreAsync(lines.Number, lines.Bytes).ConfigureAwait(false);
        }

        await StoreAsync(lines.Number, lines.Bytes).ConfigureAwait(false);
        return source.Trailer?.IsOf(lines.Bytes) != false ? Result() : throw CutOff(lines.Number);
    }

    private async ValueTask<bool> NextAsync(LineReader lines)
    {
        try
        {
            return await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            await StoreAsync(lines.Number, lines.Bytes).ConfigureAwait(false);
            throw CutOff(lines.Number, exception);
        }
    }

    private string? Read(LineReader lines)
    {
        if (lines.IsTooLong)
            return $"The line has more than {MaxLineBytes} bytes.";

        if (EventLine.Read(lines.Line.Span, out var line) is { } problem)
            return problem;

        CheckOrigin(lines.Number, line);
        _batch.Add((lines.Number, line.Event));
        return null;
    }

    private void CheckOrigin(long number, EventLine line)
    {
        if (options.AllowOtherOrigin)
            return;

        var own = store as IOriginStore;
        if (own is not null && (line.Environment ?? own.Environment) == own.Environment && (line.Service ?? own.Service) == own.Service)
            return;

        var of = own is null ? "a store that does not tell its own" : $"'{own.Environment}' and '{own.Service}'";
        throw new JobEventImportException(
            $"The event in line {number} is of the environment '{line.Environment}' and the service '{line.Service}', but would be stored under {of}. "
            + $"Import with a store of its own, or set {nameof(JobEventImportOptions.AllowOtherOrigin)}.",
            Result());
    }

    private async ValueTask RefuseAsync(LineReader lines, string problem)
    {
        if (options.StopOnRefusedLine)
        {
            await StoreAsync(lines.Number - 1, lines.Bytes).ConfigureAwait(false);
            throw new JobEventImportException($"Line {lines.Number} is refused: {problem}", Result());
        }

        Refuse(lines.Number, problem);
    }

    private void Refuse(long line, string problem)
    {
        _refused++;
        if (_refusedLines.Count < options.MaxRefusedLines)
            _refusedLines.Add(new JobEventRefusedLine(line, problem));
    }

    private async ValueTask StoreAsync(long lastLine, long bytes)
    {
        var stored = _batch.Count;
        if (stored > 0)
        {
            try
            {
                await store.AppendAsync(_batch.ConvertAll(static entry => entry.Event), cancellationToken).ConfigureAwait(false);
            }
            catch (ArgumentException)
            {
                // One of them breaks a limit of writers, and none was stored.
                stored = await StoreOneByOneAsync(bytes).ConfigureAwait(false);
            }
        }

        _batch.Clear();
        _batchBytes = 0;
        if (lastLine <= _done.LastLine)
            return;

        _done = new JobEventImportProgress(lastLine, _done.Events + stored, _refused, bytes);
        progress?.Report(_done);
    }

    private async ValueTask<int> StoreOneByOneAsync(long bytes)
    {
        var stored = 0;
        foreach (var (line, jobEvent) in _batch)
        {
            try
            {
                await store.AppendAsync([jobEvent], cancellationToken).ConfigureAwait(false);
                stored++;
            }
            catch (ArgumentException exception)
            {
                Refuse(line, exception.Message);
                if (!options.StopOnRefusedLine)
                    continue;

                _done = new JobEventImportProgress(line, _done.Events + stored, _refused, bytes);
                throw new JobEventImportException($"Line {line} is refused: {exception.Message}", Result(), exception);
            }
        }

        return stored;
    }

    private JobEventImportException CutOff(long lastLine, Exception? innerException = null) => new(
        $"The source ends or breaks after line {lastLine}, before its end: it is cut off, damaged, or compressed in another way. What came "
        + "before is stored.",
        Result(),
        innerException);

    private JobEventImportResult Result() => new(_done, [.. _refusedLines.OrderBy(static refused => refused.Line)]);
}
