using System.Text.RegularExpressions;
using Naq.Events.Generators.Diagnostics;

namespace Naq.Events.CodeFixes.Tests;

public sealed class AddJsonSerializableFixTests
{
    [Theory]
    [InlineData("int[,]", "int[,]")]
    [InlineData("System.Collections.Generic.KeyValuePair<string, Version?>", "System.Collections.Generic.KeyValuePair<string, Version>")]
    public Task ListsTheTypeAfterThoseThatAreListed(string type, string listed) => Fixes(
        $$"""
        /// <summary>Ours.</summary>
        [JsonSerializable(typeof(int))]
        internal abstract partial class AppContext : JsonSerializerContext
        """,
        $$"""
        /// <summary>Ours.</summary>
        [JsonSerializable(typeof(int))]
        [JsonSerializable(typeof({{listed}}))]
        internal abstract partial class AppContext : JsonSerializerContext
        """,
        $"{type} thing");

    [Fact]
    public Task ListsTheFirstType() => Fixes(
        """
        /// <summary>Ours.</summary>
        internal abstract partial class AppContext : JsonSerializerContext
        """,
        """
        /// <summary>Ours.</summary>
        [JsonSerializable(typeof(int[,]))]
        internal abstract partial class AppContext : JsonSerializerContext
        """,
        "int[,] thing");

    [Fact]
    public Task ListsSeveral() => Fixes(
        "internal abstract partial class AppContext : JsonSerializerContext",
        """
        [JsonSerializable(typeof(int[,]))]
        [JsonSerializable(typeof(Shape))]
        internal abstract partial class AppContext : JsonSerializerContext
        """,
        "int[,] thing, Shape[] things");

    [Fact]
    public Task ListsTheTypeOfTheMemberThatIsInTheWay() => Fixes(
        "internal abstract partial class AppContext : JsonSerializerContext",
        """
        [JsonSerializable(typeof(Shape))]
        internal abstract partial class AppContext : JsonSerializerContext
        """,
        "Drawing thing");

    private static Task Fixes(string context, string fixedContext, string parameter) =>
        FixCheck.Fixes<JobEventMethodAnalyzer, AddJsonSerializableFix>(
            In(context, Marked(parameter)), In(fixedContext, parameter));

    private static string Marked(string parameters) => Regex.Replace(parameters, @"\bthings?\b", "{|NAQ0029:$0|}");

    private static string In(string context, string parameter) => $$"""
        using System.Text.Json.Serialization;

        [JobEventJsonContext(typeof(AppContext))]
        internal static partial class Events
        {
            [JobEvent("x")]
            public static partial JobEvent X(string jobId, {{parameter}});
        }

        internal abstract record Shape;
        internal record Drawing(Shape[] Shapes);

        {{context}}
        {
            protected AppContext() : base(null) { }
        }
        """;
}
