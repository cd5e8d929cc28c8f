using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AotWorker;

/// <summary>Writes the health where a probe finds it: a first line with the status, then one for each check.</summary>
internal sealed class HealthFile(WorkerSettings settings) : IHealthCheckPublisher
{
    public async Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        if (settings.HealthFile is not { Length: > 0 } file)
            return;

        var lines = new List<string> { report.Status.ToString() };
        foreach (var (name, check) in report.Entries)
            lines.Add($"{name}: {check.Status}, {check.Description}");

        await File.WriteAllLinesAsync($"{file}.new", lines, cancellationToken);

        // Moved into place, so that a probe never reads half of it.
        File.Move($"{file}.new", file, overwrite: true);
    }
}
