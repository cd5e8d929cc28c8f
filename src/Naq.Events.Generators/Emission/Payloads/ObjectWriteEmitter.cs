using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission.Payloads;

/// <summary>Prints how an object is written.</summary>
internal static class ObjectWriteEmitter
{
    public static void Emit(SourceWriter writer, PayloadSpec payload)
    {
        writer.OpenBlock("if (!writer.BeginObject(value))");
        writer.WriteLine("return;");
        writer.CloseBlock();
        writer.WriteLine();
        foreach (var member in payload.Members)
            EmitMember(writer, member);

        writer.WriteLine("writer.EndObject();");
    }

    private static void EmitMember(SourceWriter writer, PayloadMemberSpec member)
    {
        if (member.Omission == PayloadOmission.Always)
            return;

        var value = $"value.{member.Name}";
        var condition = member.Omission switch
        {
            PayloadOmission.Never => null,
            PayloadOmission.WhenDefault when member.Value is { IsValueType: true, IsNullableValueType: false } =>
                $"!JobEventValueWriter.IsDefault({value})",
            _ => $"{value} is not null",
        };

        if (condition is not null)
            writer.OpenBlock($"if ({condition})");

        writer.WriteLine($"writer.Name({CSharpText.Utf8Literal(member.JsonName)});");
        writer.WriteLine(member.Redaction == Redaction.None
            ? PayloadCode.Write(member.Value, value)
            : $"writer.Value({ParameterValue.Redacted(value, member.Redaction)});");
        if (condition is not null)
        {
            writer.CloseBlock();
            writer.WriteLine();
        }
    }
}
