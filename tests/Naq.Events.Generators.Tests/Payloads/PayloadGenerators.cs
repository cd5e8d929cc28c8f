using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;

namespace Naq.Events.Generators.Tests.Payloads;

/// <summary>Values of the payload types, in ranges that JSON and System.Text.Json hold.</summary>
internal static class PayloadGenerators
{
    public static readonly Gen<string> Text = Gen.Char["abcXYZ019 äß漢\"\\/<>&'+\n\t_-.{}[]:,é"].Array[0, 12].Select(chars => new string(chars));

    private static readonly Gen<string> Key = Gen.Char["abcXYZ_é \""].Array[1, 6].Select(chars => new string(chars));

    private static readonly Gen<Quality> Qualities = Gen.OneOf(Quality.Unknown, Quality.Draft, Quality.PrintReady, (Quality)17, (Quality)(-9));

    private static readonly Gen<Channels> ChannelSets = Gen.Byte.Select(value => (Channels)value);

    private static readonly Gen<Point> Points = Gen.Select(Gen.Double.Where(double.IsFinite), Gen.Double.Where(double.IsFinite))
        .Select((x, y) => new Point(x, y));

    private static readonly Gen<DateTimeOffset> Times = Gen.Select(Gen.Long[0, 9_000_000_000_000_000], Gen.Int[-14, 14])
        .Select((microseconds, hours) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds).ToOffset(TimeSpan.FromHours(hours)));

    private static readonly Gen<JsonElement> Json = Gen.OneOf(
        "1", "-1.50e3", "\"a\\u00e4\\n\"", "null", "true", "[]", "{}", "[1, {\"A b\": [null, false]}]", "{\"x\": {\"y\": \"z\"}}")
        .Select(text => JsonElement.Parse(text));

    public static readonly Gen<Scalars> Scalars =
        from small in Gen.Select(Gen.Bool, Gen.Char['a', 'z'], Gen.SByte, Gen.Byte, Gen.Short, Gen.UShort)
        from large in Gen.Select(Gen.UInt, Gen.ULong, Gen.Long, Gen.Float.Where(float.IsFinite), Gen.Double.Where(double.IsFinite), Gen.Decimal)
        from times in Gen.Select(Times, Gen.Guid, Gen.Long, Gen.Int[0, 86_399_999])
        from texts in Gen.Select(Text.Null(), Key.Null(), Gen.Byte.Array[0, 20].Null(), Json, Gen.Int.Nullable())
        select new Scalars
        {
            First = small.Item5,
            Counted = small.Item6,
            Flag = small.Item1,
            Letter = small.Item2,
            I8 = small.Item3,
            U8 = small.Item4,
            I16 = small.Item5,
            U16 = small.Item6,
            U32 = large.Item1,
            U64 = large.Item2,
            I128 = (Int128)large.Item3 * large.Item2,
            U128 = (UInt128)large.Item2 * large.Item2,
            F16 = Half.CreateSaturating(large.Item4) is var half && Half.IsFinite(half) ? half : Half.One,
            F32 = large.Item4,
            F64 = large.Item5,
            Money = large.Item6,
            Key = times.Item2,
            Time = times.Item1.UtcDateTime,
            Offset = times.Item1,
            Date = DateOnly.FromDateTime(times.Item1.Date),
            Clock = TimeOnly.FromTimeSpan(TimeSpan.FromMilliseconds(times.Item4)),
            Span = TimeSpan.FromTicks(times.Item3),
            Delay = TimeSpan.FromTicks(times.Item4 % 3),
            Uri = texts.Item2 is null ? null : new Uri("https://example.org/" + Uri.EscapeDataString(texts.Item2)),
            Version = new Version(small.Item4, small.Item6),
            Bytes = texts.Item3,
            Json = texts.Item4.ValueKind == JsonValueKind.Null ? null : texts.Item4,
            Maybe = texts.Item5,
            Note = texts.Item1,
            URLPath = texts.Item2,
        };

    public static readonly Gen<ImageInfo> Images =
        from size in Gen.Select(Gen.Int, Gen.Int, Text.Null(), Qualities, Qualities.Nullable(), ChannelSets)
        from scalars in Scalars.Null()
        select new ImageInfo(size.Item1, size.Item2, size.Item3)
        {
            Quality = size.Item4,
            Former = size.Item5,
            Channels = size.Item6,
            Scalars = scalars,
        };

    public static readonly Gen<Collections> Collections =
        from simple in Gen.Select(Text.Null().List[0, 3], Gen.Int.Array[0, 3].Null(), Points.List[0, 3].Null(), Points.Nullable().List[0, 3].Null())
        from sets in Gen.Select(Qualities.List[0, 4].Null(), Key.List[0, 4].Null(), Gen.Guid.Array[0, 2], Gen.Byte.List[0, 3].Null())
        from maps in Gen.Select(
            Gen.Dictionary(Key, Gen.Double.Where(double.IsFinite))[0, 3].Null(),
            Gen.Dictionary(Key, ChannelSets.List[0, 3])[0, 3].Null(),
            Gen.Dictionary(Key, Points)[0, 3])
        from nested in Gen.Select(Images.Null().List[0, 2].List[0, 2].Null(), Json.Array[0, 3].Null())
        select new Collections
        {
            Names = simple.Item1,
            Numbers = simple.Item2,
            Points = simple.Item3,
            Gaps = simple.Item4,
            Qualities = sets.Item1?.ToHashSet(),
            Labels = sets.Item2?.ToHashSet(StringComparer.Ordinal),
            Ids = [.. sets.Item3],
            Octets = sets.Item4,
            Weights = maps.Item1,
            Layers = maps.Item2,
            Places = maps.Item3.ToImmutableDictionary(),
            Pages = nested.Item1,
            Rest = nested.Item2,
        };
}
