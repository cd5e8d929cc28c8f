using System.Globalization;

namespace Naq.Events.Soak;

/// <summary>What a soak is to be like.</summary>
internal sealed record SoakOptions
{
    /// <summary>How long events are logged under faults.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Decides which faults come when: a run is repeated by its seed.</summary>
    public int Seed { get; init; } = Environment.TickCount;

    /// <summary>Servers: 1, or a cluster of 3 with a copy of the stream on each.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>What the two loggers log together in a second.</summary>
    public int Rate { get; init; } = 1_000;

    /// <summary>The servers' version.</summary>
    public string Server { get; init; } = "2.15";

    /// <summary>Reads a command line.</summary>
    /// <returns><see langword="null"/> when it cannot be read.</returns>
    public static SoakOptions? TryParse(string[] arguments)
    {
        var options = new SoakOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            var isNumber = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0;
            var read = (arguments[i], isNumber) switch
            {
                ("--minutes", true) => options with { Time = TimeSpan.FromMinutes(number) },
                ("--seed", true) => options with { Seed = (int)number },
                ("--nodes", true) when number is 1 or 3 => options with { Nodes = (int)number },
                ("--rate", true) => options with { Rate = (int)number },
                ("--server", _) => options with { Server = value },
                _ => null,
            };
            if (read is null)
                return null;

            options = read;
        }

        return options;
    }
}
