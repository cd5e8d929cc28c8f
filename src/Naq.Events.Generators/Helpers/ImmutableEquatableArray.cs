using System.Collections;

namespace Naq.Events.Generators.Helpers;

/// <summary>
/// An immutable list that is equal to another by its elements. The incremental pipeline compares models to decide what to redo;
/// with <see cref="System.Collections.Immutable.ImmutableArray{T}"/>, equal by reference, nothing would ever be cached.
/// </summary>
internal sealed class ImmutableEquatableArray<T>(T[] items) : IReadOnlyList<T>, IEquatable<ImmutableEquatableArray<T>>
    where T : IEquatable<T>
{
    public static ImmutableEquatableArray<T> Empty { get; } = new([]);

    private readonly T[] _items = items;

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public int IndexOf(T item) => Array.IndexOf(_items, item);

    public bool Equals(ImmutableEquatableArray<T>? other) =>
        other is not null && _items.AsSpan().SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as ImmutableEquatableArray<T>);

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in _items)
        {
            hash = unchecked((hash * 31) + (item?.GetHashCode() ?? 0));
        }

        return hash;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

internal static class ImmutableEquatableArrayExtensions
{
    public static ImmutableEquatableArray<T> ToImmutableEquatableArray<T>(this IEnumerable<T> items)
        where T : IEquatable<T>
    {
        var array = items.ToArray();
        return array.Length == 0 ? ImmutableEquatableArray<T>.Empty : new ImmutableEquatableArray<T>(array);
    }
}
