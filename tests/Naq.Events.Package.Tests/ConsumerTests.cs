using Naq.Events.Testing;

namespace Naq.Events.Package.Tests;

/// <summary>A new console project that references the package, and nothing else.</summary>
public sealed class ConsumerTests(PackedRuntime package)
{
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromMinutes(15);

    private const string Program = """
        using Naq.Events;

        await using var store = new InMemoryJobEventStore();
        await using var logger = new JobEventLogger(store);
        await using var processor = new JobEventProcessor(store);
        var handlers = new OrderHandlers();
        processor.AddHandlers(handlers);
        await processor.StartAsync();

        logger.LogJobStarted("order-17", "worker-3", "async");
        logger.LogPaymentCaptured("order-17", 49.90m, "EUR");
        logger.Log(OrderEvents.Shipped("order-17", "worker-3", 1250, 2));
        var flushed = await logger.FlushAsync();
        await handlers.Shipped.WaitAsync(TimeSpan.FromSeconds(30));
        Console.WriteLine($"stored {flushed.Stored}, left {flushed.Remaining}");

        await processor.StopAsync();
        await logger.RunJobAsync("order-18", (_, _) => Task.CompletedTask);
        await logger.FlushAsync();
        await foreach (var completed in store.QueryAsync(new JobEventFilter { JobId = "order-18", EventNames = ["completed"] }))
            Console.WriteLine($"cost measured: {completed.CpuTimeMs is not null}");

        internal static partial class OrderEvents
        {
            [JobEvent(JobEventType.Completed, "Shipped {parcels} parcels in {durationMs:F2} ms")]
            public static partial JobEvent Shipped(string jobId, string workerId, double durationMs, int parcels);

            [JobEvent("payment_captured", "Captured {amount} {currency}")]
            public static partial void LogPaymentCaptured(
                this IJobEventLogger logger, string jobId, decimal amount, string currency);
        }

        internal sealed partial class OrderHandlers
        {
            private readonly TaskCompletionSource _shipped = new();

            public Task Shipped => _shipped.Task;

            [OnJobEvent("payment_captured")]
            public void OnPayment(string jobId, decimal amount, string currency) =>
                Console.WriteLine($"{jobId} paid {amount} {currency}");

            [OnJobEvent(JobEventType.Completed)]
            public void OnShipped(JobEvent jobEvent, int? parcels)
            {
                Console.WriteLine($"{jobEvent.Message}: {parcels}");
                _shipped.SetResult();
            }
        }
        """;

    private const string Wrong = """
        using Naq.Events;

        internal static partial class WrongEvents
        {
            [JobEvent("Payment Captured")]
            public static partial JobEvent Captured(string jobId);
        }

        internal sealed partial class WrongHandlers
        {
            [OnJobEvent]
            public int OnEvent(JobEvent jobEvent) => 0;
        }
        """;

    [Fact]
    public async Task Declares_logs_and_handles()
    {
        var folder = await CreateAsync("consumer");

        var build = await DotnetAsync(folder, "build", "--disable-build-servers");
        build.EnsureSuccess();
        var run = await DotnetAsync(folder, "run");

        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);
        Assert.Equal("", run.EnsureSuccess().Error);
        Assert.Equal(
            ["order-17 paid 49.90 EUR", "Shipped 2 parcels in 1250.00 ms: 2", "stored 3, left 0", "cost measured: True"],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Is_told_what_is_wrong_by_the_packed_analyzers()
    {
        var folder = await CreateAsync("wrong");
        await File.WriteAllTextAsync(Path.Combine(folder, "Wrong.cs"), Wrong, TestContext.Current.CancellationToken);

        var build = await DotnetAsync(folder, "build", "--disable-build-servers");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("error NAQ0005", build.Output, StringComparison.Ordinal);
        Assert.Contains("error NAQ0011", build.Output, StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync(string name)
    {
        var folder = package.CreateFolder(name);
        await WriteAsync("Program.cs", Program);
        await WriteAsync("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>

              <ItemGroup>
                <PackageReference Include="{PackedRuntime.Name}" Version="{package.Version}" />
              </ItemGroup>
            </Project>
            """);
        await WriteAsync("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="naq" value="{package.Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{MachinePackages()}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        return folder;

        Task WriteAsync(string file, string text) =>
            File.WriteAllTextAsync(Path.Combine(folder, file), text, TestContext.Current.CancellationToken);
    }

    private Task<ProcessResult> DotnetAsync(string folder, params IEnumerable<string> arguments) => ProcessRunner.RunAsync(
        "dotnet",
        arguments,
        folder,
        BuildTimeout,
        new Dictionary<string, string?>
        {
            // The stand-in of NATS.NKeys must not come into the user's own packages, where it would pass for the official one.
            ["NUGET_PACKAGES"] = package.CreateFolder("packages"),
            ["MSBUILDTERMINALLOGGER"] = "off",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        },
        TestContext.Current.CancellationToken);

    /// <summary>What this machine has restored already is read from there, and never written.</summary>
    private static string MachinePackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
