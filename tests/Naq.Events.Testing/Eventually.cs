using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Naq.Events.Testing;

/// <summary>Waits for what happens in its own time, with a deadline in place of a sleep and a hope.</summary>
public static class Eventually
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <param name="condition">Asked every 10 ms; an exception it throws ends the wait.</param>
    /// <param name="deadline">How long to wait; 10 s by default.</param>
    /// <param name="because">What should have happened, for the failure's message.</param>
    /// <param name="expression">The condition's text; left to the compiler.</param>
    /// <exception cref="TimeoutException">The condition did not hold before the deadline.</exception>
    public static Task TrueAsync(
        Func<bool> condition,
        TimeSpan? deadline,
        string because,
        [CallerArgumentExpression(nameof(condition))] string expression = "") =>
        TrueAsync(() => Task.FromResult(condition()), deadline, because, expression);

    /// <inheritdoc cref="TrueAsync(Func{bool}, TimeSpan?, string, string)"/>
    public static async Task TrueAsync(
        Func<Task<bool>> condition,
        TimeSpan? deadline,
        string because,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        var limit = deadline ?? DefaultDeadline;
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (!await condition().WaitAsync(limit))
        {
            if (waited.Elapsed > limit)
            {
                throw new TimeoutException($"{because}: after {limit.TotalSeconds:0.#} s this still does not hold: {expression}");
            }

            _ = await timer.WaitForNextTickAsync();
        }
    }
}
