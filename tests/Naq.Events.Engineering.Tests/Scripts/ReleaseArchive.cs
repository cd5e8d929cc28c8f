using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Naq.Events.Engineering.Tests.Scripts;

/// <summary>A stand-in for the official release archive, with one release of a server that only tells its version.</summary>
internal sealed class ReleaseArchive : IDisposable
{
    public const string Version = "9.9.9";

    private readonly HttpListener _listener;
    private readonly byte[] _archive = ArchiveOf($"#!/bin/sh\necho 'nats-server: v{Version}'\n");
    private readonly string _checksum;
    private int _downloads;

    public ReleaseArchive(string? checksum = null)
    {
        _checksum = checksum ?? Convert.ToHexStringLower(SHA256.HashData(_archive));
        (_listener, Url) = Listen();
        _ = ServeAsync();
    }

    public string Url { get; }

    public int Downloads => _downloads;

    private static string Name
    {
        get
        {
            var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
            var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
            return $"nats-server-v{Version}-{system}-{processor}";
        }
    }

    public void Dispose() => _listener.Close();

    private static (HttpListener Listener, string Url) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            var url = $"http://127.0.0.1:{Random.Shared.Next(10_240, 32_000)}";
            var listener = new HttpListener();
            listener.Prefixes.Add(url + "/");
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                listener.Close();
            }
        }
    }

    private static byte[] ArchiveOf(string program)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(bytes, CompressionLevel.Fastest)))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{Name}/nats-server")
            {
                DataStream = new MemoryStream(Encoding.ASCII.GetBytes(program)),
            });
        }

        return bytes.ToArray();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var body = context.Request.Url!.AbsolutePath switch
            {
                $"/v{Version}/SHA256SUMS" => Encoding.ASCII.GetBytes($"{_checksum}  {Name}.tar.gz\n"),
                var path when path == $"/v{Version}/{Name}.tar.gz" => Count(_archive),
                _ => null,
            };
            context.Response.StatusCode = body is null ? 404 : 200;
            await context.Response.OutputStream.WriteAsync(body ?? []);
            context.Response.Close();
        }
    }

    private byte[] Count(byte[] body)
    {
        Interlocked.Increment(ref _downloads);
        return body;
    }
}
