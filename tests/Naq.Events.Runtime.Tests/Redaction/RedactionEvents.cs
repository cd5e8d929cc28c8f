using System.Text.Json;
using System.Text.Json.Serialization;

namespace Naq.Events.Runtime.Tests.Redaction;

internal sealed record Login(string Cookie, Dictionary<string, string> Headers);

[JsonDerivedType(typeof(Mask), "mask")]
internal abstract record Disguise;

internal sealed record Mask(string Password, string Color) : Disguise;

[JsonSerializable(typeof(Disguise))]
internal sealed partial class DisguiseContext : JsonSerializerContext;

/// <summary>One event in both shapes: what is logged may not depend on the shape.</summary>
[JobEventJsonContext(typeof(DisguiseContext))]
internal static partial class RedactionEvents
{
    [JobEvent("signed_in")]
    public static partial JobEvent SignedIn(
        string jobId,
        int accessToken,
        Dictionary<string, Dictionary<string, int>> headers,
        JsonElement json,
        IReadOnlyList<Login> logins,
        Disguise disguise,
        [JobEventTag("cookie")] string tag,
        [JobEventMetadata] Dictionary<string, string> more);

    [JobEvent("signed_in")]
    public static partial void LogSignedIn(
        this IJobEventLogger logger,
        string jobId,
        int accessToken,
        Dictionary<string, Dictionary<string, int>> headers,
        JsonElement json,
        IReadOnlyList<Login> logins,
        Disguise disguise,
        [JobEventTag("cookie")] string tag,
        [JobEventMetadata] Dictionary<string, string> more);

    [JobEvent("set_by_hand")]
    public static partial void LogSetByHand(
        this IJobEventLogger logger, string jobId, JobEventFields details, JobEventFields metadata);
}
