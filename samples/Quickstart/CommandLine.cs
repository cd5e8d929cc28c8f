using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Quickstart;

/// <summary>What the user asked for.</summary>
/// <param name="Folder">The folder whose files are hashed.</param>
/// <param name="Nats">The server's address; the embedded store when <see langword="null"/>.</param>
/// <param name="Workers">How many jobs run at once.</param>
/// <param name="Environment">The environment that events are logged in.</param>
/// <param name="Service">The service that logs them: a name of this run's own.</param>
/// <param name="Stream">The name of the JetStream stream.</param>
public sealed record QuickstartOptions(
    DirectoryInfo Folder, string? Nats, int Workers, string Environment, string Service, string Stream);

/// <summary>The sample's options, read and checked.</summary>
public static class CommandLine
{
    private const int Usage = 2;
    private const int MaxWorkers = 1_000;

    private static readonly Option<string?> Path = new("--path")
    {
        HelpName = "DIR",
        Description = "The folder whose files are hashed; the repository by default.",
    };

    private static readonly Option<string?> Nats = new("--nats")
    {
        HelpName = "URL",
        Description = "A NATS server with JetStream, such as nats://localhost:4222; the embedded store by default.",
        Validators =
        {
            static option =>
            {
                if (option.Tokens is [{ Value: var url }] && string.IsNullOrWhiteSpace(url))
                    option.AddError("--nats: give the address of a NATS server, such as nats://localhost:4222.");
            },
        },
    };

    private static readonly Option<int> Workers = new("--workers")
    {
        HelpName = "N",
        Description = $"How many jobs run at once, 1 to {MaxWorkers}; the processors by default.",
        DefaultValueFactory = _ => System.Environment.ProcessorCount,
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers);
            if (!isNumber || workers is < 1 or > MaxWorkers)
                argument.AddError($"--workers {text}: give a whole number from 1 to {MaxWorkers}.");

            return workers;
        },
    };

    private static readonly Option<string> Environment = new("--environment")
    {
        HelpName = "NAME",
        Description = "The environment that events are logged in; dev by default.",
        DefaultValueFactory = _ => "dev",
    };

    private static readonly Option<string> Service = new("--service")
    {
        HelpName = "NAME",
        Description = "The service that logs them; quickstart by default. The run's id is added to it.",
        DefaultValueFactory = _ => "quickstart",
    };

    private static readonly Option<string> Stream = new("--stream")
    {
        HelpName = "NAME",
        Description = "The JetStream stream that keeps them; naq_events by default.",
        DefaultValueFactory = _ => "naq_events",
    };

    private static readonly RootCommand Root = new(
        "Hashes every file under a folder, one job a file, logs every job's events with Naq.Events, and checks them.")
    {
        Path, Nats, Workers, Environment, Service, Stream,
    };

    /// <summary>Reads the arguments. When there is nothing to run, what is wrong (or the help) is printed.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out QuickstartOptions? options, out int exitCode)
    {
        options = null;
        var parsed = Root.Parse(args);
        if (parsed.Errors is [var error, ..])
        {
            exitCode = Refuse($"{error.Message} Run it with --help to see the options.");
            return false;
        }

        if (parsed.Action is not null)
        {
            exitCode = parsed.Invoke(); // --help or --version
            return false;
        }

        var folder = parsed.GetValue(Path) is { } path ? new DirectoryInfo(path) : SourceFolder.FindRepository();
        if (folder is not { Exists: true })
        {
            exitCode = Refuse(folder is null
                ? "There is no repository around the current folder. Name the folder to hash with --path DIR."
                : $"--path {folder}: there is no such folder. Name one that exists.");
            return false;
        }

        // A name of the run's own: other runs on the same stream, before or beside this one, are not counted with it.
        var service = $"{parsed.GetRequiredValue(Service)}-{RandomNumberGenerator.GetHexString(10, lowercase: true)}";
        options = new QuickstartOptions(
            folder,
            parsed.GetValue(Nats),
            parsed.GetRequiredValue(Workers),
            parsed.GetRequiredValue(Environment),
            service,
            parsed.GetRequiredValue(Stream));
        exitCode = 0;
        return true;
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return Usage;
    }
}
