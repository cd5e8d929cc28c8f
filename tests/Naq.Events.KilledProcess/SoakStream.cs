using System.Globalization;

namespace Naq.Events.KilledProcess;

/// <summary>The stream of a soak, which has room for all.</summary>
internal static class SoakStream
{
    public static JetStreamOptions Options(string url, string replicas) => new()
    {
        Url = url,
        Replicas = int.Parse(replicas, CultureInfo.InvariantCulture),
        MaxMessages = -1,
        MaxBytes = -1,
        Timeout = TimeSpan.FromSeconds(3),
    };
}
