namespace Naq.Events.Generators.Tests.Rules;

/// <summary>The rules for event methods, each with what breaks it; what keeps them all is at the end.</summary>
public sealed class JobEventRuleTests
{
    [Theory]
    [InlineData("public partial JobEvent X(string jobId);", "static")]
    [InlineData("public static JobEvent X(string jobId) => new(jobId, JobEventType.Started);", "partial")]
    [InlineData("public JobEvent X(string jobId) => new(jobId, JobEventType.Started);", "static partial")]
    [InlineData("static partial JobEvent X(string jobId);", "given an access modifier, as it returns a value")]
    [InlineData("public static partial JobEvent X(string jobId); public static partial JobEvent X(string jobId) => null!;", "without a body of its own")]
    public Task Naq0001(string declaration, string demand) => RuleCheck.Reports(
        In($"[JobEvent(\"x\")] {declaration}"), $"NAQ0001 at 'X': [JobEvent] method 'X' must be {demand}");

    [Theory]
    [InlineData("class Outer { partial class Events { {0} } }", "Outer", "partial")]
    [InlineData("partial class Outer { static class Events { {0} } }", "Events", "partial")]
    [InlineData("file static partial class Events { {0} }", "Events", "visible outside its file")]
    public Task Naq0002(string types, string culprit, string demand) => RuleCheck.Reports(
        types.Replace("{0}", "[JobEvent(\"x\")] public static partial JobEvent X(string jobId);", StringComparison.Ordinal),
        $"NAQ0002 at 'X': [JobEvent] method 'X' is in '{culprit}', which must be {demand}");

    [Fact]
    public void Naq0002InAnExtensionBlockDoesNotBreakTheCompiler()
    {
        const string Source = """
            internal static partial class Events
            {
                extension(IJobEventLogger logger)
                {
                    [JobEvent("x")]
                    public static partial JobEvent X(string jobId);
                }
            }
            """;
        RuleCheck.AssertNothingGeneratedIsWrong(Source, GeneratorRun.Of(Source));
    }

    [Theory]
    [InlineData("public static partial string X(string jobId);", "must return JobEvent, or take an IJobEventLogger first and return void or ValueTask")]
    [InlineData("public static partial Task X(IJobEventLogger logger, string jobId);", "must return JobEvent, or take an IJobEventLogger first and return void or ValueTask")]
    [InlineData("public static partial ValueTask<int> X(IJobEventLogger logger, string jobId);", "must return JobEvent, or take an IJobEventLogger first and return void or ValueTask")]
    [InlineData("public static partial JobEvent? X(string jobId);", "must return JobEvent, not JobEvent?: it always makes an event")]
    [InlineData("public static partial void X(string jobId);", "must take an IJobEventLogger as its first parameter, or return JobEvent")]
    [InlineData("public static partial void X(string jobId, IJobEventLogger logger);", "must take an IJobEventLogger as its first parameter, or return JobEvent")]
    [InlineData("public static partial void X(IJobEventLogger? logger, string jobId);", "must take its IJobEventLogger by value and not null")]
    [InlineData("public static partial void X<T>(IJobEventLogger logger, string jobId);", "cannot have type parameters")]
    [InlineData("public static partial ref JobEvent X(string jobId);", "cannot return a reference")]
    [InlineData("public static partial JobEvent X(IJobEventLogger logger, string jobId);", "returns JobEvent, so it makes an event and takes no IJobEventLogger; return void or ValueTask to log it")]
    public Task Naq0003(string declaration, string problem) => RuleCheck.Reports(
        In($"[JobEvent(\"x\")] {declaration}"), $"NAQ0003 at 'X': [JobEvent] method 'X' {problem}");

    [Theory]
    [InlineData("string id")]
    [InlineData("string JobId")]
    [InlineData("[JobEventTag] string jobId")]
    public Task Naq0004(string parameter) => RuleCheck.Reports(
        In($"[JobEvent(\"x\")] public static partial JobEvent X({parameter});"),
        "NAQ0004 at 'X': [JobEvent] method 'X' has no parameter 'string jobId', which every event needs");

    [Theory]
    [InlineData("\"Payment\"", "'Payment' is not an event name: a name is 1 to 64 characters of a-z, 0-9 and _")]
    [InlineData("\"\"", "'' is not an event name: a name is 1 to 64 characters of a-z, 0-9 and _")]
    [InlineData("\"a.b\"", "'a.b' is not an event name: a name is 1 to 64 characters of a-z, 0-9 and _")]
    [InlineData("JobEventType.Custom", "An event of type Custom is declared by its name: write the name in place of JobEventType.Custom")]
    [InlineData("(JobEventType)99", "99 is not a JobEventType")]
    public Task Naq0005(string name, string problem) => RuleCheck.Reports(
        In($"[JobEvent({name})] public static partial JobEvent X(string jobId);"), $"NAQ0005 at 'JobEvent({name})': {problem}");

    [Theory]
    [InlineData("\"{parcel}\"", "parcel", "parcel", "; did you mean '{parcels}'?")]
    [InlineData("\"{Parcels:D2}\"", "Parcels", "Parcels", "; did you mean '{parcels}'?")]
    [InlineData("\"{somethingElse}\"", "somethingElse", "somethingElse", "")]
    [InlineData("\"\\t{parcel}\"", "parcel", "\"\\t{parcel}\"", "; did you mean '{parcels}'?")]
    public Task Naq0006(string template, string placeholder, string at, string suggestion) => RuleCheck.Reports(
        In($"[JobEvent(\"x\", {template})] public static partial JobEvent X(string jobId, int parcels);"),
        $"NAQ0006 at '{at}': The message has a placeholder '{{{placeholder}}}', but method 'X' has no such parameter{suggestion}");

    [Theory]
    [InlineData("a { b", "the '{' at 2 is never closed; write '{{' for a brace")]
    [InlineData("{a{jobId}", "the '{' at 0 is never closed; write '{{' for a brace")]
    [InlineData("a } b", "the '}' at 2 closes nothing; write '}}' for a brace")]
    [InlineData("{}", "the placeholder at 0 has no name")]
    [InlineData("{:F2}", "the placeholder at 0 has no name")]
    [InlineData("{jobId,5}", "the placeholder at 0 has an alignment, which messages do not support")]
    [InlineData("{a b}", "the placeholder 'a b' at 0 is not a parameter's name")]
    public Task Naq0007(string template, string problem) => RuleCheck.Reports(
        In($"[JobEvent(\"x\", message: \"{template}\")] public static partial JobEvent X(string jobId);"),
        $"NAQ0007 at '\"{template}\"': The message template is malformed: {problem}");

    [Theory]
    [InlineData("jobId:F2", "string")]
    [InlineData("flag:D", "bool")]
    [InlineData("number:Q", "int")]
    [InlineData("maybe:D2", "double?")]
    [InlineData("day:HH", "DateOnly")]
    [InlineData("number:", "int")]
    [InlineData("number:F999999999", "int")]
    public Task Naq0008(string placeholder, string type) => RuleCheck.Reports(
        In($"[JobEvent(\"x\", \"{{{placeholder}}}\")] public static partial JobEvent X(string jobId, bool flag, int number, double? maybe, DateOnly day);"),
        $"NAQ0008 at '{placeholder}': The placeholder '{{{placeholder}}}' has a format that type '{type}' does not have");

    [Theory]
    [InlineData("object thing", "type 'object' is not supported as a detail: nothing is known of its members" + Advice + "object" + AdviceEnd)]
    [InlineData("nint thing", "type 'nint' is not supported as a detail: it belongs to the framework and is none of the types known here" + Advice + "nint" + AdviceEnd)]
    [InlineData("ReadOnlySpan<char> thing", "type 'ReadOnlySpan<char>' is not supported as a detail: it is a ref struct, which cannot be kept")]
    [InlineData("[JobEventTag] int[] thing", "type 'int[]' is not supported as a tag, which is a text; use an enum, Uri, Version, " + Supported)]
    [InlineData("[JobEventTag(\"\")] string thing", "the name of a tag is neither empty nor outside the basic multilingual plane")]
    [InlineData("CancellationToken thing", "only a method that returns ValueTask takes a CancellationToken, since only it waits")]
    [InlineData("ref int thing", "ref, out and ref readonly parameters are not supported")]
    [InlineData("params string[] thing", "a params parameter holds tags, so it must be " + TagPairs)]
    [InlineData("params ReadOnlySpan<(string, int)> thing", "a params parameter holds tags, so it must be " + TagPairs)]
    [InlineData("[JobEventDetail] object thing", "type 'object' is not supported as a detail: nothing is known of its members" + Advice + "object" + AdviceEnd)]
    [InlineData("[JobEventMetadata] object thing", "type 'object' is not supported as an entry of metadata: nothing is known of its members" + Advice + "object" + AdviceEnd)]
    [InlineData("[JobEventMetadata(\"\")] string thing", "the name of an entry of metadata is neither empty nor outside the basic multilingual plane")]
    [InlineData("[JobEventField(JobEventFieldName.Attempt)] string thing", "it fills attempt, so it must be int, or a number that C# converts to it, not 'string'")]
    [InlineData("[JobEventField((JobEventFieldName)99)] string thing", "99 is not a JobEventFieldName")]
    [InlineData("[JobEventTag] [JobEventDetail] string thing", "it can fill one thing only, and its attributes name several")]
    [InlineData("int workerId", "it fills worker_id, so it must be string, not 'int'")]
    [InlineData("decimal durationMs", "it fills duration_ms, so it must be double, or a number that C# converts to it, not 'decimal'")]
    [InlineData("long attempt", "it fills attempt, so it must be int, or a number that C# converts to it, not 'long'")]
    [InlineData("DateTime timestamp", "it fills timestamp, so it must be DateTimeOffset, not 'DateTime'")]
    [InlineData("Dictionary<string, object> tags", "it fills tags, so it must be assignable to IReadOnlyDictionary<string, string>, not 'Dictionary<string, object>'")]
    [InlineData("string details", "it fills details, so it must be JobEventFields, not 'string'")]
    public Task Naq0009(string parameter, string problem)
    {
        var name = parameter.Split(' ')[^1];
        return RuleCheck.Reports(
            In($"[JobEvent(\"x\")] public static partial JobEvent X(string jobId, {parameter});"),
            $"NAQ0009 at '{name}': Parameter '{name}': {problem}");
    }

    [Fact]
    public Task Naq0009OfAPlaceholder() => RuleCheck.Reports(
        In("[JobEvent(\"x\", \"{tags}\")] public static partial JobEvent X(string jobId, Dictionary<string, string> tags);"),
        "NAQ0009 at 'tags': Parameter 'tags': type 'Dictionary<string, string>' cannot stand in a message");

    [Fact]
    public Task Naq0009OfANullableJobId() => RuleCheck.Reports(
        In("[JobEvent(\"x\")] public static partial JobEvent X(string? jobId);"),
        "NAQ0009 at 'jobId': Parameter 'jobId': an event cannot be made without a job id, so it must be string, not 'string?'");

    [Theory]
    [InlineData("int sizeBytes, int SizeBytes", "sizeBytes", "SizeBytes", "size_bytes")]
    [InlineData("int size, [JobEventTag] int Size, [JobEventTag(\"size\")] int size2", "Size", "size2", "size")]
    [InlineData("Exception one, Exception two", "one", "two", "error_type")]
    [InlineData("Exception one, string errorMessage", "one", "errorMessage", "error_message")]
    [InlineData("TimeSpan duration, double durationMs", "duration", "durationMs", "duration_ms")]
    [InlineData("JobEventFields details, int other", "details", "other", "details")]
    [InlineData("JobEventFields metadata, [JobEventMetadata] int other", "metadata", "other", "metadata")]
    [InlineData("[JobEventMetadata] int size, [JobEventMetadata] int Size", "size", "Size", "size")]
    [InlineData("int size, [JobEventDetail(\"size\")] int bytes", "size", "bytes", "size")]
    [InlineData("string workerId, [JobEventField(JobEventFieldName.WorkerId)] string machine", "workerId", "machine", "worker_id")]
    [InlineData("Dictionary<string, string> tags, params (string, string)[] more", "tags", "more", "tags")]
    public Task Naq0010(string parameters, string one, string other, string name) => RuleCheck.Reports(
        In($"[JobEvent(\"x\")] public static partial JobEvent X(string jobId, {parameters});"),
        $"NAQ0010 at '{other}': Parameters '{one}' and '{other}' both fill '{name}'");

    [Theory]
    [InlineData("[Redact] double durationMs", "it is not a text, a detail, a tag or an entry of metadata, and only in these can another text take its place")]
    [InlineData("[Hash] Dictionary<string, string> tags", "it is not a text, a detail, a tag or an entry of metadata, and only in these can another text take its place")]
    [InlineData("[Redact] Exception error", "an exception fills two fields; take errorType and errorMessage in its place and redact the latter")]
    [InlineData("[Hash] List<int> thing", "only a text can be hashed, and its type has none; [Redact] takes any")]
    [InlineData("[Redact] [Hash] string pin", "it has both [Redact] and [Hash]")]
    public Task Naq0015(string parameter, string problem)
    {
        var name = parameter.Split(' ')[^1];
        return RuleCheck.Reports(
            In($"[JobEvent(\"x\")] public static partial JobEvent X(string jobId, {parameter});"),
            $"NAQ0015 at '{name}': Parameter '{name}' cannot be redacted: {problem}");
    }

    [Fact]
    public Task Naq0015OfTheJobId() => RuleCheck.Reports(
        In("[JobEvent(\"x\")] public static partial JobEvent X([Redact] string jobId);"),
        "NAQ0015 at 'jobId': Parameter 'jobId' cannot be redacted: without its id nobody could tell which job the event belongs to; [Hash] keeps that");

    [Fact]
    public Task Naq0009OfAMemberThatNobodyCouldRead() => RuleCheck.Reports(
        "internal sealed record Card([Redact] int Pin);" + In("[JobEvent(\"x\")] public static partial JobEvent X(string jobId, Card card);"),
        "NAQ0009 at 'card': Parameter 'card': type 'Card' is not supported as a detail: its member 'Pin' has [Redact] and is no string, "
            + "so nobody could read what stands in its place");

    [Fact]
    public Task Naq0008OfARedactedParameter() => RuleCheck.Reports(
        In("[JobEvent(\"x\", \"{code:D4}\")] public static partial JobEvent X(string jobId, [Redact] int code);"),
        "NAQ0008 at 'code:D4': The placeholder '{code:D4}' has a format that type 'int' does not have");

    [Theory]
    [InlineData("public static partial JobEvent X(string jobId);")]
    [InlineData("public static partial void X(IJobEventLogger logger, string? jobId);")]
    [InlineData("public static partial ValueTask X(IJobEventLogger logger, string jobId, CancellationToken stop = default);")]
    [InlineData("static partial void X(IJobEventLogger logger, string jobId);")]
    [InlineData("public static partial JobEvent X(string jobId, int size, [JobEventTag] int Size, JobEventFields metadata);")]
    [InlineData("public static partial JobEvent X(string jobId, JobEventFields details, SortedDictionary<string, string> tags);")]
    [InlineData("public static partial JobEvent X(string jobId, string errorType, string errorMessage, long durationMs, byte attempt);")]
    [InlineData("public static partial JobEvent X(string jobId, int size, [JobEventTag] int Size, [JobEventMetadata(\"size\")] int bytes);")]
    [InlineData("public static partial JobEvent X(string jobId, [JobEventDetail(\"worker\")] string workerId, [JobEventDetail] string queueName);")]
    [InlineData("public static partial JobEvent X(string jobId, [JobEventField(JobEventFieldName.DurationMs)] TimeSpan? elapsed);")]
    [InlineData("public static partial void X(IJobEventLogger logger, string jobId, params (string Key, string? Value)[]? pairs);")]
    [InlineData("public static partial JobEvent X([Hash] string jobId, [Redact] string workerId, [Redact, JobEventTag] int code);")]
    public Task NothingIsReportedOf(string declaration) => RuleCheck.Passes(In($"[JobEvent(\"x_1\", \"{{jobId}} {{{{}}}}\")] {declaration}"));

    [Theory]
    [InlineData("{number:X4}")]
    [InlineData("{maybe:F2}{maybe:#,0.00}{maybe}")]
    [InlineData("{day:yyyy-MM-dd}{flag}{jobId}{error}")]
    public Task NothingIsReportedOfTheMessage(string template) => RuleCheck.Passes(
        In($"[JobEvent(JobEventType.Failed, \"{template}\")] public static partial JobEvent X(string jobId, bool flag, int number, double? maybe, DateOnly day, Exception error);"));

    /// <summary>Broken C# around a declaration is the compiler's to report; the generator only must not add to it.</summary>
    [Theory]
    [InlineData("[JobEvent] public static partial JobEvent X(string jobId);")]
    [InlineData("[JobEvent(null)] public static partial JobEvent X(string jobId);")]
    [InlineData("[JobEvent(Missing)] public static partial JobEvent X(string jobId);")]
    [InlineData("[JobEvent(\"x\", 5)] public static partial JobEvent X(string jobId);")]
    [InlineData("[JobEvent(\"x\")] public static partial Missing X(string jobId);")]
    [InlineData("[JobEvent(\"x\")] public static partial JobEvent X(string jobId, Missing thing);")]
    [InlineData("[JobEvent(\"x\")] public static partial JobEvent X(string jobId, string jobId);")]
    [InlineData("[JobEvent(\"x\")] public static partial JobEvent X(string jobId,);")]
    [InlineData("[JobEvent(\"x\")] [JobEvent(\"y\")] public static partial JobEvent X(string jobId);")]
    [InlineData("[JobEvent(\"x\")] public static partial")]
    [InlineData("[JobEvent(\"x\")] public static partial JobEvent X { get; }")]
    [InlineData("public static JobEvent X { [JobEvent(\"x\")] get => null!; }")]
    [InlineData("[JobEvent(\"x\")] public static JobEvent operator +(C c, int jobId) => null!;")]
    [InlineData("[JobEvent(\"x\", \"{jobId\")] [JobEventTag] public static partial JobEvent X(string jobId);")]
    [InlineData("void M() { [JobEvent(\"x\")] static JobEvent X(string jobId) => null!; X(\"\"); }")]
    public void BrokenCodeIsLeftToTheCompiler(string member)
    {
        var source = $"internal partial class C {{ {member} }}";
        RuleCheck.AssertNothingGeneratedIsWrong(source, GeneratorRun.Of(source));
    }

    /// <summary>
    /// The compiler stops at a partial method without a body before it runs analyzers, so what breaks a rule still gets one.
    /// </summary>
    [Theory]
    [InlineData("public partial JobEvent X(string jobId);")]
    [InlineData("public static partial string X(params int[]? jobId);")]
    [InlineData("public static partial JobEvent X(string id);")]
    [InlineData("public static partial JobEvent X(string jobId, in (int A, Uri? B) thing);")]
    [InlineData("public static partial JobEvent X(string jobId, List<dynamic> thing);")]
    public async Task WhatBreaksARuleStillCompiles(string declaration)
    {
        var run = GeneratorRun.Of(In($"[JobEvent(\"x\")] {declaration}"));
        _ = run.Load();
        Assert.NotEmpty(await run.Analyze());
    }

    private const string Advice = "; add [JsonSerializable(typeof(";
    private const string AdviceEnd = "))] to a JsonSerializerContext, and [assembly: JobEventJsonContext(typeof(TheContext))]";
    private const string TagPairs = "ReadOnlySpan<(string Name, string Value)>, or an array of such pairs";

    private const string Supported =
        "string, bool, char, a number, Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, or one of these made nullable";

    private static string In(string member) => $"internal partial class Events {{ {member} }}";
}
