using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Naq.Events.Testing;

public sealed partial class NatsServer
{
    private static readonly TimeSpan ReloadDeadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ExitDeadline = TimeSpan.FromSeconds(10);

    private Process? _guard;

    /// <summary>Starts the process; false when another process has the port.</summary>
    private async Task<bool> TryLaunchAsync(int port, CancellationToken cancellationToken)
    {
        var arguments = new List<string>
        {
            Path.Combine(AppContext.BaseDirectory, "guard.sh"), _directory, _logFile,
            _binary, "-c", _configurationFile, "-a", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture),
        };
        _guard = Process.Start(new ProcessStartInfo("sh", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var pid = await _guard.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        ProcessId = int.Parse(pid ?? throw new InvalidOperationException("sh did not run guard.sh."), CultureInfo.InvariantCulture);
        Port = port;

        try
        {
            await Eventually.TrueAsync(
                async () => _guard.HasExited || await IsReadyAsync(cancellationToken).ConfigureAwait(false), _readyDeadline, "nats-server is ready")
                .ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"nats-server was not ready within {_readyDeadline.TotalSeconds} s:\n{Log}", exception);
        }

        if (!_guard.HasExited)
            return true;

        if (!Log.Contains("address already in use", StringComparison.Ordinal))
            throw new InvalidOperationException($"nats-server ended at once:\n{Log}");

        File.Delete(_logFile);
        return false;
    }

    /// <summary>The server greets a client only once its streams are recovered; the name tells it from another on that port.</summary>
    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (!_greets)
            return Log.Contains("Server is ready", StringComparison.Ordinal);

        using var client = new TcpClient();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await client.ConnectAsync("127.0.0.1", Port, deadline.Token).ConfigureAwait(false);
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            var greeting = await reader.ReadLineAsync(deadline.Token).ConfigureAwait(false);
            return greeting?.Contains($"\"{_name}\"", StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is SocketException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private void EndProcess()
    {
        if (_guard is not { } guard)
        {
            return;
        }

        _guard = null;
        if (!guard.HasExited)
        {
            ProcessSignal.Kill(ProcessId);
        }

        if (!guard.WaitForExit(ExitDeadline))
        {
            throw new TimeoutException($"nats-server {ProcessId} is still there {ExitDeadline.TotalSeconds} s after it was killed.");
        }

        guard.Dispose();
    }
}
