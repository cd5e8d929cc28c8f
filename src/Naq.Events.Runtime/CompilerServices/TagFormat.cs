namespace Naq.Events.CompilerServices;

/// <summary>How values become the text of tags.</summary>
internal static class TagFormat
{
    /// <summary>
    /// ISO 8601 for dates and times, as in details: the invariant culture's own format puts the month first and drops seconds.
    /// <see langword="null"/>, the type's own format, for everything else.
    /// </summary>
    /// <typeparam name="T">The value's type.</typeparam>
    public static string? Of<T>()
        where T : struct =>
        typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateOnly) || typeof(T) == typeof(TimeOnly)
            ? "O"
            : null;
}
