using System.Globalization;
using Naq.Events.CompilerServices;
using Naq.Events.Testing;

namespace Naq.Events.KilledProcess;

/// <summary>Says the number of each event that it handled, and of one that it never ends with.</summary>
/// <param name="stuck">The number that it never ends with; -1 for none.</param>
/// <param name="poison">What divides the numbers that always fail; 0 for none.</param>
internal sealed class NumberHandlers(int stuck, int poison) : IJobEventHandlers<NumberHandlers>
{
    private static readonly JobEventHandler<NumberHandlers>[] Table =
        [new("NumberHandlers.On", static (self, jobEvent, _, token) => self.OnAsync(jobEvent, token))];

    public static IReadOnlyList<string> HandledEvents => [];

    public static ReadOnlySpan<JobEventHandler<NumberHandlers>> GetHandlers(JobEventType type, string eventName) => Table;

    private async ValueTask OnAsync(JobEvent jobEvent, CancellationToken cancellationToken)
    {
        var number = int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture);
        if (poison > 0 && number % poison == 0)
            throw new InvalidOperationException($"{number} is poison.");

        if (number == stuck)
        {
            await Console.Out.WriteLineAsync($"stuck {jobEvent.Message}");
            await Forever.WaitAsync(cancellationToken);
        }

        await Console.Out.WriteLineAsync($"handled {jobEvent.Message}");
    }
}
