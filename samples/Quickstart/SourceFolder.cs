using System.Text;

namespace Quickstart;

/// <summary>The files to hash. Folders of git and of builds are left out, links to folders are not followed.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Files">The files under it, with the ids of their jobs.</param>
/// <param name="Unreadable">Folders that could not be listed.</param>
public sealed record SourceFolder(
    DirectoryInfo Root, IReadOnlyList<(string JobId, string Path)> Files, IReadOnlyList<string> Unreadable)
{
    private const int MaxJobId = 256;
    private const string Solution = "Naq.Events.sln";

    private static readonly HashSet<string> LeftOut = new([".git", "bin", "obj", "artifacts"], StringComparer.Ordinal);

    /// <summary>The repository around the current folder, or around this program.</summary>
    public static DirectoryInfo? FindRepository() =>
        Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory);

    /// <summary>Lists the files.</summary>
    public static SourceFolder Scan(DirectoryInfo root)
    {
        var files = new List<(string, string)>();
        var unreadable = new List<string>();
        var folders = new Stack<DirectoryInfo>([root]);
        while (folders.TryPop(out var folder))
        {
            try
            {
                foreach (var entry in folder.EnumerateFileSystemInfos())
                {
                    if (entry is not DirectoryInfo child)
                        files.Add((JobIdOf(Path.GetRelativePath(root.FullName, entry.FullName), files.Count), entry.FullName));
                    else if (child.LinkTarget is null && !LeftOut.Contains(child.Name))
                        folders.Push(child);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unreadable.Add(exception.Message);
            }
        }

        return new SourceFolder(root, files, unreadable);
    }

    /// <summary>A job id may hold anything, so a path will do, if it is not too long and valid Unicode.</summary>
    private static string JobIdOf(string path, int number)
    {
        var id = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(path.Replace('\\', '/')));
        if (id.Length <= MaxJobId)
            return id;

        var ending = $"#{number}";
        var start = id.Length - MaxJobId + ending.Length;
        return string.Concat(id.AsSpan(char.IsLowSurrogate(id[start]) ? start + 1 : start), ending);
    }

    private static DirectoryInfo? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return folder;
        }

        return null;
    }
}
