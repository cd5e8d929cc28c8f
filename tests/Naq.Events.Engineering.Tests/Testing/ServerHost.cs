using System.Runtime.CompilerServices;
using Naq.Events.Testing;

namespace Naq.Events.Engineering.Tests.Testing;

/// <summary>This test program, run again as a process that starts a server and waits to be killed.</summary>
internal static class ServerHost
{
    private const string Variable = "NAQ_TESTS_HOST_A_SERVER";

    public static string Program => Path.ChangeExtension(typeof(ServerHost).Assembly.Location, null);

    public static KeyValuePair<string, string?> Request => new(Variable, "1");

    [ModuleInitializer]
    public static void HostWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            return;
        }

        var server = NatsServer.StartAsync().GetAwaiter().GetResult();
        Console.WriteLine(server.ProcessId);
        Console.WriteLine(server.StoreDirectory);

        // The test kills this process: that is what it is for.
        Forever.WaitAsync(CancellationToken.None).GetAwaiter().GetResult();
    }
}
