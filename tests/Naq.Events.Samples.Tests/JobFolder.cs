using System.Security.Cryptography;
using System.Text;

namespace Naq.Events.Samples.Tests;

/// <summary>A folder of files for the sample to hash, some of which cannot be.</summary>
internal sealed class JobFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("naq-files-");
    private readonly Dictionary<string, byte[]> _readable = [];
    private readonly List<string> _unreadable = [];

    public string Path => _root.FullName;

    /// <summary>The files that can be hashed, by the ids of their jobs.</summary>
    public IReadOnlyDictionary<string, byte[]> Readable => _readable;

    /// <summary>The ids of the jobs that fail.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>Files of every kind: plain, empty, of odd names, links, and what must be left out.</summary>
    public static JobFolder OfEveryKind()
    {
        var folder = new JobFolder();
        folder.Write("plain.txt", "a plain file");
        folder.Write("empty", "");
        folder.Write("sub/folder/deep.bin", new string('x', 300_000));
        folder.Write("with spaces and.many..dots.", "spaces");
        folder.Write("ünïcödé 漢字 😀", "unicode");
        folder.Write("all *, some >, 100 %41", "subject characters");
        folder.Write("two\nlines\u001b[31m", "control characters");
        folder.Write("[bold]markup[/]", "markup");
        folder.Write("-dash", "dash");
        folder.Write($"{new string('a', 120)}/{new string('b', 120)}", "long, but not too long");
        folder.Link("link to plain.txt", "plain.txt");
        folder._readable.Add("link to plain.txt", folder._readable["plain.txt"]);

        folder.Link("dangling", "nowhere");
        folder.Link("itself", "itself");
        folder._unreadable.AddRange(["dangling", "itself"]);
        if (!Environment.IsPrivilegedProcess) // permissions do not keep root from reading
        {
            folder.Write("secret", "secret");
            _ = folder._readable.Remove("secret");
            folder._unreadable.Add("secret");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(System.IO.Path.Combine(folder.Path, "secret"), UnixFileMode.None);
        }

        foreach (var left in new[] { ".git/HEAD", "bin/a.dll", "sub/obj/a.dll", "artifacts/a.zip" })
        {
            folder.Write(left, "left out");
            _ = folder._readable.Remove(left);
        }

        _ = Directory.CreateSymbolicLink(System.IO.Path.Combine(folder.Path, "circle"), folder.Path);
        return folder;
    }

    /// <summary>Many small files.</summary>
    public static JobFolder OfMany(int files)
    {
        var folder = new JobFolder();
        for (var number = 0; number < files; number++)
            folder.Write($"{number % 20}/{number}.txt", $"file {number}");

        return folder;
    }

    /// <summary>Files that take long to hash, and no room on the disk.</summary>
    public static JobFolder OfLarge(int files)
    {
        const long size = 4L * 1024 * 1024 * 1024;
        var folder = new JobFolder();
        for (var number = 0; number < files; number++)
        {
            using var file = File.Create(System.IO.Path.Combine(folder.Path, $"large-{number}"));
            file.SetLength(size);
        }

        return folder;
    }

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public void Dispose() => _root.Delete(recursive: true);

    private void Write(string jobId, string text)
    {
        var path = System.IO.Path.Combine(Path, jobId);
        _ = Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var content = Encoding.UTF8.GetBytes(text);
        File.WriteAllBytes(path, content);
        _readable.Add(jobId, content);
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(System.IO.Path.Combine(Path, name), target);
}
