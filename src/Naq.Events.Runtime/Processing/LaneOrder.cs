using System.Text;
using Naq.Events.Serialization;

namespace Naq.Events.Processing;

/// <summary>Which events of a processor are handled one after the other: as its options say, or else all of its handler classes.</summary>
/// <param name="Ordering">Which.</param>
/// <param name="Key">The detail, tag or metadata entry, for <see cref="JobEventOrdering.PerKey"/>.</param>
internal sealed record LaneOrder(JobEventOrdering Ordering, string? Key)
{
    /// <summary>Whether it is the order of jobs, by which events wait and are parked in the store.</summary>
    public bool KeepsJobs => IsOfJobs(Ordering);

    /// <summary>Whether a lane is more than a job, so that what waits in it cannot be left to the store.</summary>
    public bool IsByValue => Ordering is JobEventOrdering.PerWorker or JobEventOrdering.PerQueue or JobEventOrdering.PerKey;

    public static bool IsOfJobs(JobEventOrdering ordering) => ordering is not (
        JobEventOrdering.None or JobEventOrdering.PerWorker or JobEventOrdering.PerQueue or JobEventOrdering.PerKey);

    /// <exception cref="InvalidOperationException">The handler classes do not agree with each other, or with the options.</exception>
    public static LaneOrder Of(JobEventProcessorOptions options, IReadOnlyList<IJobEventDispatcher> dispatchers)
    {
        var wanted = dispatchers.FirstOrDefault(static dispatcher => dispatcher.Ordering is not null);
        var order = options.IsOrderingSet || wanted is null
            ? new LaneOrder(options.Ordering, options.OrderingKey)
            : new LaneOrder(wanted.Ordering!.Ordering, wanted.Ordering.Key);
        foreach (var dispatcher in dispatchers)
        {
            if (dispatcher.Ordering is { } own && new LaneOrder(own.Ordering, own.Key) is var other && other != order)
                throw Disagree(dispatcher.Name, other.ToString(), options.IsOrderingSet ? $"the options say {order}" : $"{wanted!.Name} wants {order}");

            if (dispatcher.Ordering is null && wanted is not null && !options.IsOrderingSet)
                throw Disagree(wanted.Name, order.ToString(), $"{dispatcher.Name} says nothing");
        }

        // Another process must not begin before it knows that it has to wait.
        if (order.Ordering == JobEventOrdering.PerJobAcrossInstances && !options.IsOrderingSet)
        {
            throw new InvalidOperationException(
                $"{wanted!.Name} needs the order of jobs over all processes: set Ordering to PerJobAcrossInstances in the options of its processor too.");
        }

        return options.OnDeadLetter != JobEventDeadLetterOrder.ParkJob || order.KeepsJobs
            ? order
            : throw new InvalidOperationException(
                $"OnDeadLetter is ParkJob, which keeps the order of a job, but {wanted?.Name ?? "the options"} wants {order}.");
    }

    public override string ToString() => Key is null ? $"{Ordering}" : $"{Ordering} '{Key}'";

    /// <summary>The lane of an event; one that lacks what the order is by has that of its job.</summary>
    public LaneKey KeyOf(JobEventDelivery delivery)
    {
        var jobEvent = delivery.Event!;
        var value = Ordering switch
        {
            JobEventOrdering.PerWorker => jobEvent.WorkerId,
            JobEventOrdering.PerQueue => jobEvent.QueueName,
            JobEventOrdering.PerKey => Entry(jobEvent, Key!),
            _ => null,
        };
        return value is null
            ? new LaneKey(jobEvent.JobId, Ordering == JobEventOrdering.None ? delivery.Sequence : 0, IsJob: true)
            : new LaneKey(value, 0, IsJob: false);
    }

    // As the parameters of handlers find it: a detail, or else a tag, or else metadata.
    private static string? Entry(JobEvent jobEvent, string name) =>
        Text(jobEvent.Details, name) ?? jobEvent.Tags.GetValueOrDefault(name) ?? Text(jobEvent.Metadata, name);

    private static string? Text(JobEventFields fields, string name)
    {
        if (!fields.TryGetJson(name, out var json))
            return null;

        return json[0] == (byte)'"' ? ValidJson.Text(json, 0) : Encoding.UTF8.GetString(json);
    }

    private static InvalidOperationException Disagree(string name, string order, string but) => new(
        $"{name} wants its events handled in the order {order}, but {but}, and a processor has one order: set Ordering in its options to what all of its handler "
        + "classes bear, or give the class a processor of its own.");
}
