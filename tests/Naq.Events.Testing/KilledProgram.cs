namespace Naq.Events.Testing;

/// <summary>Where the program Naq.Events.KilledProcess is.</summary>
internal static class KilledProgram
{
    /// <summary>Its assembly: beside this one's output, in the same configuration.</summary>
    public static string Path
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return System.IO.Path.Combine(
                own.Parent!.Parent!.Parent!.Parent!.FullName,
                "Naq.Events.KilledProcess", "bin", own.Parent.Name, own.Name, "Naq.Events.KilledProcess.dll");
        }
    }
}
