namespace Naq.Events.Testing;

/// <summary>The folder that holds global.json, for tests that read or run files of the repository.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Root = new(Search);

    /// <summary>Walks up from the test's own folder.</summary>
    /// <exception cref="DirectoryNotFoundException">No folder above has a global.json.</exception>
    public static string Find() => Root.Value;

    private static string Search()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has a global.json.");
    }
}
