using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Baselines;

/// <summary>What a project has promised about its events: what it shipped, and what has changed since.</summary>
internal sealed class EventBaseline
{
    public const string ShippedName = "JobEvents.Shipped.txt";
    public const string UnshippedName = "JobEvents.Unshipped.txt";

    private readonly Dictionary<string, BaselineLine> _shipped;
    private readonly Dictionary<string, BaselineLine> _unshipped;

    private EventBaseline(IEnumerable<BaselineLine> shipped, IEnumerable<BaselineLine> unshipped)
    {
        _shipped = ByKey(shipped);
        _unshipped = ByKey(unshipped);
    }

    /// <summary>Reads the files of a project; <see langword="null"/> when it has neither.</summary>
    public static EventBaseline? Of(
        ImmutableArray<AdditionalText> files, Func<AdditionalText, IReadOnlyList<BaselineLine>> read)
    {
        var shipped = files.FirstOrDefault(IsShipped);
        var unshipped = files.FirstOrDefault(IsUnshipped);
        return shipped is null && unshipped is null
            ? null
            : new EventBaseline(shipped is null ? [] : read(shipped), unshipped is null ? [] : read(unshipped));
    }

    public static bool IsShipped(AdditionalText file) => HasName(file, ShippedName);

    public static bool IsUnshipped(AdditionalText file) => HasName(file, UnshippedName);

    public bool HasEvent(string name) => Find(name, "") is not null;

    /// <summary>The field as it is promised now.</summary>
    public EventFieldSpec? FindField(string name, string path) => Find(name, path)?.Field;

    /// <summary>The field as it was shipped.</summary>
    public EventFieldSpec? FindShippedField(string name, string path) =>
        _shipped.TryGetValue(Key(name, path), out var line) ? line.Field : null;

    /// <summary>Whether a line still stands: no later one takes it back.</summary>
    public bool Stands(BaselineLine line) =>
        !line.IsRemoved && Find(line.Event, line.Field?.Path ?? "") is not null;

    /// <summary>The lines that stand of an event, its own first.</summary>
    public IEnumerable<BaselineLine> LinesOf(string name) => _shipped.Values.Concat(_unshipped.Values)
        .Where(line => line.Event == name && Stands(line))
        .OrderBy(line => line.Text, StringComparer.Ordinal);

    private BaselineLine? Find(string name, string path)
    {
        var key = Key(name, path);
        if (_unshipped.TryGetValue(key, out var line) || _shipped.TryGetValue(key, out line))
            return line.IsRemoved ? null : line;

        return null;
    }

    private static Dictionary<string, BaselineLine> ByKey(IEnumerable<BaselineLine> lines)
    {
        var byKey = new Dictionary<string, BaselineLine>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => !line.IsMalformed))
            byKey[Key(line.Event, line.Field?.Path ?? "")] = line;

        return byKey;
    }

    private static string Key(string name, string path) => $"{name}.{path}";

    private static bool HasName(AdditionalText file, string name) =>
        string.Equals(Path.GetFileName(file.Path), name, StringComparison.OrdinalIgnoreCase);
}
