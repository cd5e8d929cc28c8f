using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission.Payloads;

/// <summary>Prints the names of an enum, and the methods that use them.</summary>
internal static class EnumEmitter
{
    public static void Emit(SourceWriter writer, PayloadSpec payload)
    {
        var type = $"{PayloadCode.Services}JobEventEnum<{payload.Type}>";
        writer.WriteLine($"private static readonly {type} Names = new(");
        writer.Indent();
        writer.WriteLine($"isFlags: {(payload.IsFlags ? "true" : "false")}{(payload.EnumMembers.Count == 0 ? ");" : ",")}");
        for (var i = 0; i < payload.EnumMembers.Count; i++)
        {
            var member = payload.EnumMembers[i];
            writer.WriteLine(
                $"({payload.Type}.{member.Name}, {CSharpText.Literal(member.JsonName)})"
                + (i < payload.EnumMembers.Count - 1 ? "," : ");"));
        }

        writer.Outdent();
        writer.WriteLine();
        writer.WriteLine($$"""
            public static string NameOf({{payload.Type}} value) => Names.NameOf(value);

            public static string NameOf({{payload.Type}}? value) => value is null ? null : Names.NameOf(value.Value);

            public static void Write(ref JobEventValueWriter writer, {{payload.Type}} value) =>
                Names.Write(ref writer, value);

            public static {{payload.Type}} Read(ref Utf8JsonReader reader) => Names.Read(ref reader);
            """);
    }
}
