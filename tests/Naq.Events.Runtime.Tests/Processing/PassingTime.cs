using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>Lets a test's time pass.</summary>
internal static class PassingTime
{
    private static readonly TimeSpan QuarterSecond = TimeSpan.FromSeconds(0.25);

    /// <summary>Lets time pass, a quarter of a second at once unless it is said otherwise, until something holds.</summary>
    public static Task AdvanceUntilAsync(this FakeTimeProvider time, Func<bool> condition, TimeSpan? step = null) => Eventually.TrueAsync(
        () =>
        {
            time.Advance(step ?? QuarterSecond);
            return condition();
        },
        null,
        "time passes");
}
