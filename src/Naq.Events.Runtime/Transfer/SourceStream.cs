using System.IO.Compression;
using System.IO.Pipelines;

namespace Naq.Events.Transfer;

/// <summary>The plain text of what is imported; the source stays open.</summary>
/// <param name="Text">The text.</param>
/// <param name="Trailer">The end of the source, where it tells whether the text is whole.</param>
internal readonly record struct SourceStream(Stream Text, GzipTrailer? Trailer) : IAsyncDisposable
{
    private const int MagicLength = 2;

    public static async ValueTask<SourceStream> OpenAsync(Stream source, JobEventCompression? compression, CancellationToken cancellationToken)
    {
        // A pipe looks ahead in a stream that cannot go back.
        var reader = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        var start = await reader.ReadAtLeastAsync(MagicLength, cancellationToken).ConfigureAwait(false);
        compression ??= IsGzip(start.Buffer) ? JobEventCompression.Gzip : JobEventCompression.None;
        reader.AdvanceTo(start.Buffer.Start);
        var plain = reader.AsStream();
        if (compression == JobEventCompression.Gzip)
        {
            var trailer = new GzipTrailer(plain);
            return new SourceStream(new GZipStream(trailer, CompressionMode.Decompress), trailer);
        }

        return new SourceStream(compression == JobEventCompression.Brotli ? new BrotliStream(plain, CompressionMode.Decompress) : plain, null);
    }

    public ValueTask DisposeAsync() => Text.DisposeAsync();

    private static bool IsGzip(System.Buffers.ReadOnlySequence<byte> start)
    {
        var reader = new System.Buffers.SequenceReader<byte>(start);
        return reader.IsNext([0x1F, 0x8B]);
    }
}
