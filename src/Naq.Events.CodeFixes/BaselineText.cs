using Microsoft.CodeAnalysis.Text;

namespace Naq.Events.CodeFixes;

/// <summary>Writes lines into a baseline, which is kept in ordinal order.</summary>
internal static class BaselineText
{
    private const string RemovedMark = "*REMOVED*";

    /// <summary>Sets lines: each takes the place of the one about the same event or field.</summary>
    /// <param name="text">The baseline of what is not shipped.</param>
    /// <param name="shipped">The lines that are shipped: what is not among them need not be marked as removed, and vanishes.</param>
    /// <param name="lines">The lines.</param>
    public static SourceText Set(SourceText text, ISet<string> shipped, IEnumerable<string> lines)
    {
        var all = text.Lines.Select(line => line.ToString().Trim()).Where(line => line.Length > 0).ToList();
        foreach (var line in lines)
        {
            all.RemoveAll(other => Key(other) == Key(line));
            var isRemoved = line.StartsWith(RemovedMark, StringComparison.Ordinal);
            if (!isRemoved || shipped.Contains(Key(line)))
                all.Insert(Place(all, line), line);
        }

        return SourceText.From(string.Concat(all.Select(line => line + "\n")), text.Encoding);
    }

    /// <summary>What a line is about, whatever it says of it; comments are about themselves.</summary>
    public static string Key(string line)
    {
        if (line.StartsWith("#", StringComparison.Ordinal))
            return line;

        var text = line.StartsWith(RemovedMark, StringComparison.Ordinal) ? line.Substring(RemovedMark.Length) : line;
        return text.Split(':')[0].Trim().TrimEnd('?');
    }

    private static int Place(List<string> lines, string line)
    {
        var next = lines.FindIndex(other => other[0] != '#' && string.CompareOrdinal(Key(other), Key(line)) > 0);
        return next < 0 ? lines.Count : next;
    }
}
