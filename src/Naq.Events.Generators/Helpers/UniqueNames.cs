namespace Naq.Events.Generators.Helpers;

/// <summary>Gives out names that collide with none given before, so that a user's parameter may be called <c>writer</c>.</summary>
internal sealed class UniqueNames(IEnumerable<string> taken, StringComparer comparer)
{
    private readonly HashSet<string> _taken = new(taken, comparer);

    public UniqueNames(IEnumerable<string> taken)
        : this(taken, StringComparer.Ordinal)
    {
    }

    public string Take(string name, string separator = "")
    {
        var unique = name;
        for (var i = 2; !_taken.Add(unique); i++)
        {
            unique = FormattableString.Invariant($"{name}{separator}{i}");
        }

        return unique;
    }
}
