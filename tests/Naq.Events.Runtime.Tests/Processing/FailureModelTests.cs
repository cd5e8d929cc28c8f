using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Naq.Events.Testing;
using static Naq.Events.Runtime.Tests.Processing.ProcessorUnderTest;

namespace Naq.Events.Runtime.Tests.Processing;

/// <summary>Random failures, restarts and processors of one name, against what is promised.</summary>
public sealed class FailureModelTests
{
    private static readonly Gen<Schedule> Schedules =
        from jobs in Gen.Int[0, 5].Array[1, 60]
        from failures in Gen.Int[0, 4].Array[jobs.Length]
        from maxDeliver in Gen.Int[1, 4]
        from handlers in Gen.Int[1, 5]
        select new Schedule(jobs, failures, maxDeliver, handlers);

    [Fact]
    public Task Through_failures_every_event_is_tried_as_often_as_it_should_be_and_in_the_order_of_its_job() => Schedules.SampleAsync(
        static async schedule =>
        {
            await using var run = new ModelRun(schedule);
            await using var test = await run.StartAsync();
            await run.AppendAsync();

            await run.AllDecidedAsync();

            foreach (var job in schedule.Jobs.Distinct())
                Assert.Equal(schedule.ExpectedTries(job), run.TriesOf(job));

            Assert.Equal(schedule.ExpectedDeadLetters(), run.DeadLetters());
        },
        iter: 30,
        threads: 1);

    [Fact]
    public Task Through_restarts_none_is_left_out_and_the_order_of_each_job_is_kept() => Gen.Select(Schedules, Gen.Int[0, 20].Array[0, 4]).SampleAsync(
        static async (schedule, restarts) =>
        {
            await using var run = new ModelRun(schedule);
            await run.AppendAsync();
            foreach (var calls in restarts)
            {
                await using var test = await run.StartAsync();
                await run.TriedAsync(calls);
            }

            await using var last = await run.StartAsync();
            await run.AllDecidedAsync();

            // An event that was given back may be tried again, but none before it is, and none after it was meanwhile.
            foreach (var job in schedule.Jobs.Distinct())
            {
                var order = run.TriesOf(job).Aggregate(new List<int>(), static (seen, number) =>
                {
                    if (seen.Count == 0 || seen[^1] != number)
                        seen.Add(number);

                    return seen;
                });
                Assert.Equal(schedule.NumbersOf(job), order);
            }
        },
        iter: 20,
        threads: 1);

    [Fact]
    public Task Where_jobs_are_parked_every_event_is_handled_once_and_in_the_order_of_its_job_through_dead_letters() => Schedules.SampleAsync(
        static async schedule =>
        {
            await using var run = new ModelRun(schedule);
            await run.AppendAsync();
            for (var round = 0; !run.AllSucceeded && round < 100; round++)
            {
                await using var test = await run.StartAsync(static options => options.OnDeadLetter = JobEventDeadLetterOrder.ParkJob);
                await run.AllDoneOrParkedAsync();
                _ = run.Replay();
            }

            foreach (var job in schedule.Jobs.Distinct())
                Assert.Equal(schedule.NumbersOf(job), run.SuccessesOf(job));
        },
        iter: 30,
        threads: 1);

    [Fact]
    public Task Where_later_events_pass_and_processors_share_none_is_left_out() => Schedules.SampleAsync(
        static async schedule =>
        {
            await using var run = new ModelRun(schedule);
            await using var one = await run.StartAsync(static options => options.OnRetry = JobEventRetryOrder.Continue);
            await using var two = await run.StartAsync(static options => options.Ordering = JobEventOrdering.None);
            await run.AppendAsync();

            await run.AllDecidedAsync();

            Assert.Equal(Enumerable.Range(0, schedule.Jobs.Length), schedule.Jobs.Distinct().SelectMany(run.TriesOf).Distinct().Order());
            Assert.Equal(schedule.ExpectedDeadLetters(), run.DeadLetters());
        },
        iter: 20,
        threads: 1);

    /// <param name="Jobs">The job of each event.</param>
    /// <param name="Failures">How often each fails.</param>
    /// <param name="MaxDeliver">How often each is tried.</param>
    /// <param name="Handlers">How many at once.</param>
    private sealed record Schedule(int[] Jobs, int[] Failures, int MaxDeliver, int Handlers)
    {
        public IEnumerable<int> NumbersOf(int job) => Enumerable.Range(0, Jobs.Length).Where(number => Jobs[number] == job);

        public IEnumerable<int> ExpectedTries(int job) =>
            NumbersOf(job).SelectMany(number => Enumerable.Repeat(number, Math.Min(MaxDeliver, Failures[number] + 1)));

        public IEnumerable<int> ExpectedDeadLetters() => Enumerable.Range(0, Jobs.Length).Where(number => Failures[number] >= MaxDeliver);
    }

    private sealed class ModelRun(Schedule schedule) : IAsyncDisposable
    {
        private readonly FakeTimeProvider _time = new();
        private readonly ConcurrentQueue<(int Job, int Number)> _tries = new();
        private readonly ConcurrentQueue<(int Job, int Number)> _successes = new();
        private readonly ConcurrentDictionary<int, int> _failed = new();
        private readonly ConcurrentDictionary<int, bool> _succeeded = new();
        private InMemoryJobEventStore? _store;

        private InMemoryJobEventStore Store => _store ??= new InMemoryJobEventStore(timeProvider: _time);

        public Task<ProcessorUnderTest> StartAsync(Action<JobEventProcessorOptions>? configure = null) => ProcessorUnderTest.StartAsync(
            Store,
            async (jobEvent, _, _) =>
            {
                var number = int.Parse(jobEvent.Message!, CultureInfo.InvariantCulture);
                _tries.Enqueue((schedule.Jobs[number], number));
                await Task.Yield();
                if (_failed.AddOrUpdate(number, 1, static (_, count) => count + 1) <= schedule.Failures[number])
                    throw new InvalidOperationException("broken");

                _succeeded[number] = true;
                _successes.Enqueue((schedule.Jobs[number], number));
            },
            options =>
            {
                (options.Name, options.MaxDeliver, options.MaxConcurrentHandlers) = ("model", schedule.MaxDeliver, schedule.Handlers);
                options.RetryDelay = TimeSpan.FromMilliseconds(10);
                configure?.Invoke(options);
            },
            _time);

        public ValueTask AppendAsync() => Store.AppendAsync([.. schedule.Jobs.Select(static (job, number) => Event($"job-{job}", number))]);

        public IEnumerable<int> TriesOf(int job) => _tries.Where(call => call.Job == job).Select(static call => call.Number);

        public IEnumerable<int> DeadLetters() => new JobEventDeadLetters(Store, "model").List()
            .Select(static deadLetter => int.Parse(deadLetter.Event!.Message!, CultureInfo.InvariantCulture)).Order();

        public bool AllSucceeded => _succeeded.Count == schedule.Jobs.Length;

        public IEnumerable<int> SuccessesOf(int job) => _successes.Where(call => call.Job == job).Select(static call => call.Number);

        /// <summary>Each job has gone to its end, or to one dead letter.</summary>
        public Task AllDoneOrParkedAsync() => _time.AdvanceUntilAsync(() =>
        {
            var kept = new JobEventDeadLetters(Store, "model").List().ToLookup(static deadLetter => deadLetter.Event!.JobId);
            return kept.All(static job => job.Count(static deadLetter => deadLetter.Cause != JobEventDeadLetterCause.Parked) == 1)
                && DeadLetters().Concat(_succeeded.Keys).Distinct().Count() == schedule.Jobs.Length;
        });

        public long Replay() => new JobEventDeadLetters(Store, "model").ReplayAll();

        public Task TriedAsync(int calls) =>
            _time.AdvanceUntilAsync(() => _tries.Count >= calls || _succeeded.Count + DeadLetters().Count() == schedule.Jobs.Length);

        public Task AllDecidedAsync() => _time.AdvanceUntilAsync(() => _succeeded.Count + DeadLetters().Count() == schedule.Jobs.Length);

        public async ValueTask DisposeAsync() => await Store.DisposeAsync();
    }
}
