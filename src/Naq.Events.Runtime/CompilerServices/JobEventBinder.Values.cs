using System.Text.Json;
using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <content>Two methods for each type a bound parameter may have.</content>
public static partial class JobEventBinder
{
    /// <summary>The entry of a name.</summary>
    /// <param name="jobEvent">The event.</param>
    /// <param name="name">The name on the wire.</param>
    /// <exception cref="JobEventBindingException">The event does not carry it, or carries it with another type.</exception>
    public static string GetString(JobEvent jobEvent, string name) =>
        GetStringOrNull(jobEvent, name) ?? Missing<string>(jobEvent, name, "a string");

    /// <summary>The entry of a name, or <see langword="null"/> when there is none.</summary>
    /// <param name="jobEvent">The event.</param>
    /// <param name="name">The name on the wire.</param>
    /// <exception cref="JobEventBindingException">The event carries it with another type.</exception>
    public static string? GetStringOrNull(JobEvent jobEvent, string name)
    {
        ArgumentNullException.ThrowIfNull(jobEvent);
        if (jobEvent.Details.TryGetJson(name, out var json) && json[0] == (byte)'"')
            return ValidJson.Text(json, 0);

        if (!jobEvent.Details.TryGetValue(name, out var entry))
        {
            if (jobEvent.Tags.TryGetValue(name, out var tag))
                return tag;

            if (!jobEvent.Metadata.TryGetValue(name, out entry))
                return null;
        }

        return entry.Value.ValueKind == JsonValueKind.String
            ? WireString.Text(entry.Value)
            : throw new JobEventBindingException(jobEvent, name, "a string", Describe(entry.Value));
    }

    /// <inheritdoc cref="GetString"/>
    public static bool GetBoolean(JobEvent jobEvent, string name) =>
        GetBooleanOrNull(jobEvent, name) ?? Missing<bool>(jobEvent, name, EntryReaders.Boolean.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static bool? GetBooleanOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Boolean);

    /// <inheritdoc cref="GetString"/>
    public static char GetChar(JobEvent jobEvent, string name) =>
        GetCharOrNull(jobEvent, name) ?? Missing<char>(jobEvent, name, EntryReaders.Char.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static char? GetCharOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Char);

    /// <inheritdoc cref="GetString"/>
    public static sbyte GetSByte(JobEvent jobEvent, string name) =>
        GetSByteOrNull(jobEvent, name) ?? Missing<sbyte>(jobEvent, name, EntryReaders.SByte.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static sbyte? GetSByteOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.SByte);

    /// <inheritdoc cref="GetString"/>
    public static byte GetByte(JobEvent jobEvent, string name) =>
        GetByteOrNull(jobEvent, name) ?? Missing<byte>(jobEvent, name, EntryReaders.Byte.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static byte? GetByteOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Byte);

    /// <inheritdoc cref="GetString"/>
    public static short GetInt16(JobEvent jobEvent, string name) =>
        GetInt16OrNull(jobEvent, name) ?? Missing<short>(jobEvent, name, EntryReaders.Int16.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static short? GetInt16OrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Int16);

    /// <inheritdoc cref="GetString"/>
    public static ushort GetUInt16(JobEvent jobEvent, string name) =>
        GetUInt16OrNull(jobEvent, name) ?? Missing<ushort>(jobEvent, name, EntryReaders.UInt16.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static ushort? GetUInt16OrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.UInt16);

    /// <inheritdoc cref="GetString"/>
    public static int GetInt32(JobEvent jobEvent, string name) =>
        GetInt32OrNull(jobEvent, name) ?? Missing<int>(jobEvent, name, EntryReaders.Int32.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static int? GetInt32OrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Int32);

    /// <inheritdoc cref="GetString"/>
    public static uint GetUInt32(JobEvent jobEvent, string name) =>
        GetUInt32OrNull(jobEvent, name) ?? Missing<uint>(jobEvent, name, EntryReaders.UInt32.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static uint? GetUInt32OrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.UInt32);

    /// <inheritdoc cref="GetString"/>
    public static long GetInt64(JobEvent jobEvent, string name) =>
        GetInt64OrNull(jobEvent, name) ?? Missing<long>(jobEvent, name, EntryReaders.Int64.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static long? GetInt64OrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Int64);

    /// <inheritdoc cref="GetString"/>
    public static ulong GetUInt64(JobEvent jobEvent, string name) =>
        GetUInt64OrNull(jobEvent, name) ?? Missing<ulong>(jobEvent, name, EntryReaders.UInt64.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static ulong? GetUInt64OrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.UInt64);

    /// <inheritdoc cref="GetString"/>
    public static float GetSingle(JobEvent jobEvent, string name) =>
        GetSingleOrNull(jobEvent, name) ?? Missing<float>(jobEvent, name, EntryReaders.Single.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static float? GetSingleOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Single);

    /// <inheritdoc cref="GetString"/>
    public static double GetDouble(JobEvent jobEvent, string name) =>
        GetDoubleOrNull(jobEvent, name) ?? Missing<double>(jobEvent, name, EntryReaders.Double.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static double? GetDoubleOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Double);

    /// <inheritdoc cref="GetString"/>
    public static decimal GetDecimal(JobEvent jobEvent, string name) =>
        GetDecimalOrNull(jobEvent, name) ?? Missing<decimal>(jobEvent, name, EntryReaders.Decimal.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static decimal? GetDecimalOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Decimal);

    /// <inheritdoc cref="GetString"/>
    public static Guid GetGuid(JobEvent jobEvent, string name) =>
        GetGuidOrNull(jobEvent, name) ?? Missing<Guid>(jobEvent, name, EntryReaders.Guid.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static Guid? GetGuidOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.Guid);

    /// <inheritdoc cref="GetString"/>
    public static DateTime GetDateTime(JobEvent jobEvent, string name) =>
        GetDateTimeOrNull(jobEvent, name) ?? Missing<DateTime>(jobEvent, name, EntryReaders.DateTime.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static DateTime? GetDateTimeOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.DateTime);

    /// <inheritdoc cref="GetString"/>
    public static DateTimeOffset GetDateTimeOffset(JobEvent jobEvent, string name) =>
        GetDateTimeOffsetOrNull(jobEvent, name) ?? Missing<DateTimeOffset>(jobEvent, name, EntryReaders.DateTimeOffset.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static DateTimeOffset? GetDateTimeOffsetOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.DateTimeOffset);

    /// <inheritdoc cref="GetString"/>
    public static DateOnly GetDateOnly(JobEvent jobEvent, string name) =>
        GetDateOnlyOrNull(jobEvent, name) ?? Missing<DateOnly>(jobEvent, name, EntryReaders.DateOnly.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static DateOnly? GetDateOnlyOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.DateOnly);

    /// <inheritdoc cref="GetString"/>
    public static TimeOnly GetTimeOnly(JobEvent jobEvent, string name) =>
        GetTimeOnlyOrNull(jobEvent, name) ?? Missing<TimeOnly>(jobEvent, name, EntryReaders.TimeOnly.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static TimeOnly? GetTimeOnlyOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.TimeOnly);

    /// <inheritdoc cref="GetString"/>
    public static TimeSpan GetTimeSpan(JobEvent jobEvent, string name) =>
        GetTimeSpanOrNull(jobEvent, name) ?? Missing<TimeSpan>(jobEvent, name, EntryReaders.TimeSpan.Expected);

    /// <inheritdoc cref="GetStringOrNull"/>
    public static TimeSpan? GetTimeSpanOrNull(JobEvent jobEvent, string name) => Find(jobEvent, name, EntryReaders.TimeSpan);
}
