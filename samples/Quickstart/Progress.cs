using System.Globalization;
using Spectre.Console;

namespace Quickstart;

/// <summary>Shows how far the jobs are, from what the handlers saw: a bar on a terminal, a line a second elsewhere.</summary>
public static class Progress
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(1);

    /// <summary>Shows progress until the work is done.</summary>
    public static async Task<RunResult> ShowAsync(Task<RunResult> work, LiveTotals totals, int files)
    {
        if (AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Interactive)
            await ShowBarAsync(work, totals, files);
        else
            await EveryAsync(LineInterval, work, () => Console.WriteLine($"  {Text(totals, files)}"));

        return await work;
    }

    private static Task ShowBarAsync(Task work, LiveTotals totals, int files) => AnsiConsole.Progress()
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .StartAsync(async context =>
        {
            var bar = context.AddTask(Text(totals, files), maxValue: Math.Max(files, 1));
            void Update()
            {
                bar.Value = totals.Completed + totals.GivenUp;
                bar.Description = Text(totals, files);
            }

            await EveryAsync(BarInterval, work, Update);
            Update();
        });

    private static string Text(LiveTotals totals, int files) => string.Create(
        CultureInfo.InvariantCulture,
        $"{totals.Completed:N0} of {files:N0} files hashed, {totals.Bytes / 1e6:N1} MB, {totals.GivenUp:N0} given up");

    private static async Task EveryAsync(TimeSpan interval, Task work, Action show)
    {
        using var timer = new PeriodicTimer(interval);
        while (await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask()) != work)
            show();
    }
}
