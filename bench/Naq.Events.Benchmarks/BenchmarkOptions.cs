using System.Globalization;

namespace Naq.Events.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Name">The benchmark.</param>
/// <param name="Rounds">How often everything is measured.</param>
/// <param name="Size">How many of the things measured there are.</param>
/// <param name="JsonFile">Where the report goes too, or <see langword="null"/>.</param>
internal sealed record BenchmarkOptions(string Name, int Rounds = 9, int Size = 1000, string? JsonFile = null)
{
    /// <summary>The options, or <see langword="null"/> when the arguments are none that are known.</summary>
    public static BenchmarkOptions? Parse(string[] arguments)
    {
        if (arguments.Length % 2 == 0)
            return null;

        var options = new BenchmarkOptions(arguments[0]);
        for (var i = 1; i < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            var next = arguments[i] switch
            {
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--size" => options with { Size = int.Parse(value, CultureInfo.InvariantCulture) },
                "--json" => options with { JsonFile = value },
                _ => null,
            };
            if (next is null)
                return null;

            options = next;
        }

        return options;
    }
}
