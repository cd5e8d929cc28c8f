using System.Reflection;

namespace Naq.Events.Generators.Tests.Execution;

/// <summary>Compiles a consumer with what was generated for it, and runs it.</summary>
internal static class Script
{
    /// <summary>Calls <c>Shop.Program.Run</c> of the sources.</summary>
    public static T Run<T>(string[] sources, params object?[] arguments)
    {
        var run = GeneratorRun.Of(sources).Load().GetType("Shop.Program", throwOnError: true)!
            .GetMethod("Run", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        try
        {
            return (T)run.Invoke(null, arguments)!;
        }
        catch (TargetInvocationException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception.InnerException!).Throw();
            throw;
        }
    }

    /// <summary>Calls <c>Shop.Program.Run(logger)</c> and gives what it logged.</summary>
    public static RecordingLogger Log(params string[] sources)
    {
        var logger = new RecordingLogger();
        _ = Run<object?>(sources, logger);
        return logger;
    }
}
