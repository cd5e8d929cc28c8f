using Naq.Events.Generators.Tests.Rules;

namespace Naq.Events.Generators.Tests.Payloads;

/// <summary>Which types are refused, with what a user is told to do.</summary>
public sealed class PayloadRuleTests
{
    private const string Context = "; add [JsonSerializable(typeof(P))] to a JsonSerializerContext, and [assembly: JobEventJsonContext(typeof(TheContext))]";

    [Theory]
    [InlineData("internal interface P;", "it is an interface, so nothing says what to read")]
    [InlineData("internal delegate void P();", "it is no type of data")]
    [InlineData("internal abstract class P;", "it is abstract or static, so nothing says what to read")]
    [InlineData("internal class P : List<int>;", "it is a collection of its own kind")]
    [InlineData("internal class P { private P() { } }", "it has no public constructor; mark one with [JsonConstructor]")]
    [InlineData("internal class P { public P(int a) { } public P(long b) { } }", "it has several constructors, all with parameters; mark one with [JsonConstructor]")]
    [InlineData("internal class P { public P(int size) { } public long Size { get; } }", "the parameter 'size' of its constructor is named after none of its members")]
    [InlineData("internal class P { public int AB { get; set; } public int Ab { get; set; } public int ab { get; set; } }", "its members 'AB' and 'Ab' are both 'ab'")]
    [InlineData("[System.Text.Json.Serialization.JsonDerivedType(typeof(P))] internal class P;", "it has [JsonDerivedType], which only System.Text.Json honours")]
    [InlineData("internal class P { [System.Text.Json.Serialization.JsonExtensionData] public Dictionary<string, int>? Rest { get; set; } }", "its member 'Rest' has [JsonExtensionData], which only System.Text.Json honours")]
    [InlineData("internal class P { [System.Text.Json.Serialization.JsonInclude] private int size = 1; public override string ToString() => $\"{size}\"; }", "its member 'size' has [JsonInclude] but is not visible throughout the assembly")]
    public Task AnObject(string declaration, string reason) => RuleCheck.Reports(
        In("P", declaration), $"NAQ0009 at 'thing': Parameter 'thing': type 'P' is not supported as a detail: {reason}{Context}");

    [Theory]
    [InlineData("Q", "internal record Q(System.IO.Stream Source);", "its member 'Source' is of type 'Stream': it belongs to the framework and is none of the types known here", "System.IO.Stream")]
    [InlineData("Q", "internal record Q(List<Dictionary<string, Action?>> Later);", "its member 'Later' is of type 'List<Dictionary<string, Action?>>': its elements are of type 'Dictionary<string, Action?>': its elements are of type 'Action?': it belongs to the framework and is none of the types known here", "Action")]
    [InlineData("(int, string)", "", "a tuple does not keep the names of its members; make it a record", "(int, string)")]
    [InlineData("int[,]", "", "only arrays of one dimension are written", "int[,]")]
    [InlineData("Dictionary<int, int>", "", "it belongs to the framework and is none of the types known here", "Dictionary<int, int>")]
    public Task ThePartThatIsInTheWayIsNamed(string type, string declaration, string reason, string advised) => RuleCheck.Reports(
        In(type, declaration),
        $"NAQ0009 at 'thing': Parameter 'thing': type '{type}' is not supported as a detail: {reason}"
        + Context.Replace("(P)", $"({advised.Replace("System.IO.", "", StringComparison.Ordinal)})", StringComparison.Ordinal));

    [Fact]
    public Task AContextThatDoesNotListATypeIsNamed() => RuleCheck.Reports(
        In("Action", "[assembly: JobEventJsonContext(typeof(AppContext))]\n" + ContextOf("int")),
        "NAQ0029 at 'thing': Parameter 'thing': type 'Action' is not supported as a detail: it belongs to the framework and is none of the types known here; "
        + "add [JsonSerializable(typeof(Action))] to AppContext");

    [Fact]
    public Task AContextThatDoesNotListTheTypeOfAHandlerParameterIsNamed() => RuleCheck.Reports(
        $$"""
        {{ContextOf("int?[,]")}}
        [JobEventJsonContext(typeof(AppContext))]
        internal partial class Handlers
        {
            [OnJobEvent("x")] public void OnX(Holder? holder, int?[,]? listed) { }
        }
        internal record Holder(List<int[,]> Inner);
        """,
        "NAQ0029 at 'holder': Parameter 'holder': type 'Holder?' cannot be bound: its member 'Inner' is of type 'List<int[,]>': "
        + "its elements are of type 'int[,]': only arrays of one dimension are written; add [JsonSerializable(typeof(int[,]))] to AppContext");

    [Theory]
    [InlineData("[assembly: JobEventJsonContext(typeof(AppContext))]", "")]
    [InlineData("", "[JobEventJsonContext(typeof(AppContext))]")]
    public Task AContextThatListsATypeIsUsed(string onAssembly, string onClass) => RuleCheck.Passes(
        $$"""
        {{onAssembly}}
        {{ContextOf("Uri[,]")}}
        {{onClass}}
        internal static partial class Events
        {
            [JobEvent("x")] public static partial JobEvent X(string jobId, Uri[,] thing, Holder holder);
        }
        internal record Holder(Uri[,] Inner);
        """);

    private static string In(string type, string declarations) => $$"""
        {{declarations}}
        internal static partial class Events
        {
            [JobEvent("x")] public static partial JobEvent X(string jobId, {{type}} thing);
        }
        """;

    /// <summary>A context as System.Text.Json's generator would complete it.</summary>
    private static string ContextOf(string type) => $$"""
        [System.Text.Json.Serialization.JsonSerializable(typeof({{type}}))]
        internal sealed class AppContext() : System.Text.Json.Serialization.JsonSerializerContext(null)
        {
            public static AppContext Default { get; } = new();
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;
}
