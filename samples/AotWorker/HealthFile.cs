using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AotWorker;

/// <summary>Writes the health where a probe finds it: a first line with the status, then one for each check.</summary>
internal sealed class HealthFile(WorkerSettings settings) : IHealthCheckPublisher
{
    public async Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        if (settings.HealthFile is not { Length: > 0 } file)
            return;

        var checks = report.Entries.Select(static check => $"{check.Key}: {check.Value.Status}, {check.Value.Description}");
        await File.WriteAllLinesAsync($"{file}.new", checks.Prepend(report.Status.ToString()), cancellationToken);

        // Moved into place, so that a probe never reads half of it.
        File.Move($"{file}.new", file, overwrite: true);
    }
}
