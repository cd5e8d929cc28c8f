namespace Naq.Events.Generators.Model;

/// <summary>A field that an event carries.</summary>
/// <param name="Path">Where it is on the wire: <c>queue_name</c>, <c>details.amount</c>, <c>tags.tenant</c>.</param>
/// <param name="Type">Its type, as <see cref="Contracts.WireType"/> writes it.</param>
/// <param name="IsRequired">Whether it is always there.</param>
internal sealed record EventFieldSpec(string Path, string Type, bool IsRequired)
{
    /// <summary>The field as attributes and baselines have it: <c>details.amount: decimal</c>, <c>queue_name?: string</c>.</summary>
    public override string ToString() => $"{Path}{(IsRequired ? "" : "?")}: {Type}";

    /// <summary>Reads <see cref="ToString"/> back; <see langword="null"/> for what is no field.</summary>
    public static EventFieldSpec? Parse(string text)
    {
        var colon = text.IndexOf(':');
        if (colon < 1)
            return null;

        var path = text.Substring(0, colon).TrimEnd();
        var type = text.Substring(colon + 1).Trim();
        var isRequired = !path.EndsWith("?", StringComparison.Ordinal);
        path = isRequired ? path : path.Substring(0, path.Length - 1);
        return path.Length == 0 || type.Length == 0 ? null : new EventFieldSpec(path, type, isRequired);
    }
}
