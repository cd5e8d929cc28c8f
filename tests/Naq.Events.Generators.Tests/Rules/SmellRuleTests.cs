namespace Naq.Events.Generators.Tests.Rules;

/// <summary>The rules for declarations that are right and hardly meant.</summary>
public sealed class SmellRuleTests
{
    [Theory]
    [InlineData("string WorkerId", "WorkerId", "worker_id", "workerId")]
    [InlineData("string queuename", "queuename", "queuename", "queueName")]
    [InlineData("double duration_ms", "duration_ms", "duration_ms", "durationMs")]
    public Task Naq0019(string parameter, string name, string detail, string field) => RuleCheck.Reports(
        Event($"string jobId, {parameter}"),
        $"NAQ0019 at '{name}': Parameter '{name}' becomes the detail '{detail}', but is named almost like '{field}', which fills the field {Field(field)}");

    [Fact]
    public Task Naq0020() => RuleCheck.Reports(
        "internal static partial class Events { [JobEvent(\"x\", \"template\")] public static partial JobEvent X(string jobId, string message); }",
        "NAQ0020 at 'message': The message template of 'X' is never used, since parameter 'message' is always given; make it 'string?', or leave one out");

    [Theory]
    [InlineData("string password")]
    [InlineData("string? dbPassword")]
    [InlineData("[JobEventTag] string apiKey")]
    [InlineData("[JobEventMetadata] string refreshToken")]
    [InlineData("string connectionString")]
    [InlineData("string clientSecretValue")]
    [InlineData("[JobEventField(JobEventFieldName.RunId)] string credentials")]
    [InlineData("[JobEventDetail(\"password\")] string word")]
    public Task Naq0021(string parameter)
    {
        var name = parameter.Split(' ')[^1];
        return RuleCheck.Reports(
            Event($"string jobId, {parameter}"),
            $"NAQ0021 at '{name}': Parameter '{name}' seems to be secret, and would be stored as it is: mark it [Redact] or [Hash]");
    }

    [Theory]
    [InlineData("record Login(string User, string Password);", "Login.Password")]
    [InlineData("record Login(string User) { public string? ApiKey { get; init; } }", "Login.ApiKey")]
    [InlineData("class Login { [System.Text.Json.Serialization.JsonInclude] internal string Token = \"\"; }", "Login.Token")]
    [InlineData("class Login { [System.Text.Json.Serialization.JsonPropertyName(\"token\")] public string T { get; set; } = \"\"; }", "Login.T")]
    [InlineData("class Base { public string Secret { get; set; } = \"\"; } internal class Login : Base;", "Base.Secret")]
    public Task Naq0021OfMembers(string type, string member) => RuleCheck.Reports(
        $"internal {type} {Event("string jobId, Login login")}",
        $"NAQ0021 at 'login': Member '{member}' of parameter 'login' seems to be secret, and would be stored as it is: mark it [Redact] or [Hash]");

    [Theory]
    [InlineData("List<Login[]> given")]
    [InlineData("Dictionary<string, Login> given")]
    [InlineData("Outer given")]
    [InlineData("[JobEventMetadata] Outer? given")]
    public Task Naq0021OfMembersAtAnyDepth(string parameter) => RuleCheck.Reports(
        $$"""
        internal record Outer(Outer? Next, Login? First, Login? Second);
        internal record struct Login(string Password);
        {{Event($"string jobId, {parameter}")}}
        """,
        "NAQ0021 at 'given': Member 'Login.Password' of parameter 'given' seems to be secret, and would be stored as it is: mark it [Redact] or [Hash]");

    [Theory]
    [InlineData("record Login([Redact] string Password, [Hash] string Token)", "Login login")]
    [InlineData("record Login([property: Redact] string Password)", "Login login")]
    [InlineData("record Login(int Token, bool HasPassword, string PasswordPolicy, Uri Secret)", "Login login")]
    [InlineData("record Login([property: System.Text.Json.Serialization.JsonIgnore] string Password = \"\")", "Login login")]
    [InlineData("record Login(string Password)", "[Redact] Login login")]
    [InlineData("record Login<T>(T Password)", "Login<string> login")]
    public Task NothingIsReportedOfMembers(string type, string parameter) => RuleCheck.Passes(
        $"internal {type}; {Event($"string jobId, {parameter}")}");

    [Theory]
    [InlineData("[OnJobEvent] [OnJobEvent(\"x\")] void On() { }", "handles every event, so its other attributes add nothing")]
    [InlineData("[OnJobEvent(\"failed\")] [OnJobEvent(JobEventType.Failed)] void On() { }", "names 'failed' twice")]
    [InlineData("[OnJobEvent(\"x\", \"x\")] void On() { }", "names 'x' twice")]
    [InlineData("[OnJobEvent(\"x\")] void First(string jobId) => Console.Write(jobId); [OnJobEvent(\"x\")] void On(string jobId)  =>  Console.Write(jobId);", "does the same for the same events as 'First', so each event is handled twice")]
    public Task Naq0022(string methods, string problem) => RuleCheck.Reports(
        $"internal partial class C {{ {methods} }}", $"NAQ0022 at 'On': [OnJobEvent] method 'On' {problem}");

    [Theory]
    [InlineData("internal abstract partial class C { [OnJobEvent] void On() { } }", "is abstract, and no class derives from it")]
    [InlineData("internal partial class C { private C() { } [OnJobEvent] void On() { } }", "has private constructors only, and does not make itself")]
    public Task Naq0028(string type, string problem) => RuleCheck.Reports(
        type, $"NAQ0028 at 'C': Handlers of 'C' are never called: the class {problem}");

    [Theory]
    [InlineData("string jobId, string worker, string? message, int attempts, string queue, string workerId")]
    [InlineData("string jobId, string workerId, [JobEventDetail] string WorkerId")]
    [InlineData("string jobId, [Redact] string password, [Hash] string token")]
    [InlineData("string jobId, int tokens, bool hasPassword, DateTimeOffset token, string passwordPolicy, string secretName, string tokenType, string monkey")]
    public Task NothingIsReportedOfParameters(string parameters) => RuleCheck.Passes(Event(parameters));

    [Theory]
    [InlineData("internal partial class C { [OnJobEvent(\"x\")] void A() => Console.Write(1); [OnJobEvent(\"y\")] void B() => Console.Write(1); }")]
    [InlineData("internal partial class C { [OnJobEvent(\"x\", Queue = \"a\")] [OnJobEvent(\"x\", Queue = \"b\")] void A() { } [OnJobEvent(\"x\")] void B() { } }")]
    [InlineData("public abstract partial class C { /** <summary>x</summary> */ [OnJobEvent] protected static void On() { } }")]
    [InlineData("internal abstract partial class C { [OnJobEvent] protected static void On() { } } internal class D : C;")]
    [InlineData("internal partial class C { private C() { } public static C Only { get; } = new(); [OnJobEvent] void On() { } }")]
    public Task NothingIsReportedOfHandlers(string source) => RuleCheck.Passes("#pragma warning disable CS1591\n" + source);

    private static string Event(string parameters) =>
        $"internal static partial class Events {{ [JobEvent(\"x\")] public static partial JobEvent X({parameters}); }}";

    private static string Field(string parameter) => parameter switch
    {
        "workerId" => "worker_id",
        "queueName" => "queue_name",
        _ => "duration_ms",
    };
}
