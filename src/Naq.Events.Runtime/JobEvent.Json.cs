using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Naq.Events.CompilerServices;
using Naq.Events.Serialization;

namespace Naq.Events;

public sealed partial record JobEvent
{
    /// <summary>Reads an event from its JSON. The id travels outside the JSON, so <see cref="Id"/> is empty.</summary>
    /// <param name="utf8Json">The JSON as UTF-8.</param>
    /// <exception cref="FormatException">The JSON is malformed; the message says where.</exception>
    public static JobEvent Parse(ReadOnlySpan<byte> utf8Json) => TryParse(utf8Json, out var jobEvent, out var problem)
        ? jobEvent
        : throw new FormatException($"Not an event of a job: {problem}");

    /// <summary>Reads an event from its JSON, or says what is malformed.</summary>
    /// <param name="utf8Json">The JSON as UTF-8.</param>
    /// <param name="jobEvent">The event.</param>
    /// <param name="problem">What is malformed.</param>
    /// <returns>Whether there is an event.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out JobEvent? jobEvent, [NotNullWhen(false)] out string? problem)
    {
        var members = default(JobEventMembers);
        var json = JobEventReader.JsonOf(utf8Json);
        problem = JobEventReader.Read(json, ref members);
        jobEvent = problem is null ? new JobEvent(in members, json.ToArray()) : null;
        return problem is null;
    }

    /// <summary>Writes the event's JSON whole, whatever its size: an event that was read is written as it was.</summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="writeAllMembers">Whether members without a value are written too, as null or <c>{}</c>.</param>
    public void WriteTo(IBufferWriter<byte> destination, bool writeAllMembers = false)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var writer = BeginWrite(writeAllMembers ? WireOptions.UnlimitedWithAllMembers : WireOptions.Unlimited);
        try
        {
            writer.Complete();
            destination.Write(writer.Json);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The event's JSON as UTF-8.</summary>
    /// <param name="writeAllMembers">Whether members without a value are written too, as null or <c>{}</c>.</param>
    public byte[] ToUtf8Json(bool writeAllMembers = false)
    {
        var destination = new ArrayBufferWriter<byte>();
        WriteTo(destination, writeAllMembers);
        return destination.WrittenSpan.ToArray();
    }

    /// <summary>The event's JSON, for people and logs.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8Json());

    /// <summary>Writes the event with its own id; the caller completes and disposes the writer.</summary>
    internal JobEventWriter BeginWrite(WireOptions options)
    {
        var writer = JobEventWriter.Create(options, JobId, EventNames.Utf8Of(EventType, EventName), Timestamp, Id);
        writer.Members(this);
        return writer;
    }
}
