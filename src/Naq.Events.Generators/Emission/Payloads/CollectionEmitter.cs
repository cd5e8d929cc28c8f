using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission.Payloads;

/// <summary>Prints how a collection is written and read.</summary>
internal static class CollectionEmitter
{
    private const string Reader = "JobEventValueReader";

    public static void EmitWrite(SourceWriter writer, PayloadSpec payload)
    {
        var isDictionary = payload.Shape == PayloadShape.Dictionary;
        if (payload.Type.StartsWith("global::System.Collections.Immutable.ImmutableArray<", StringComparison.Ordinal))
        {
            writer.OpenBlock("if (value.IsDefault)");
            writer.WriteLine("writer.Null();");
            writer.WriteLine("return;");
            writer.CloseBlock();
            writer.WriteLine();
        }

        writer.OpenBlock($"if (!writer.{(isDictionary ? "BeginDictionary" : "BeginArray")}(value))");
        writer.WriteLine("return;");
        writer.CloseBlock();
        writer.WriteLine();
        writer.OpenBlock($"foreach (var item in value)");
        writer.WriteLine(isDictionary ? "writer.Name(item.Key);" : "writer.Element();");
        writer.WriteLine(PayloadCode.Write(payload.Element!, isDictionary ? "item.Value" : "item"));
        writer.CloseBlock();
        writer.WriteLine();
        writer.WriteLine(isDictionary ? "writer.EndDictionary();" : "writer.EndArray();");
    }

    public static void EmitRead(SourceWriter writer, PayloadSpec payload)
    {
        var isDictionary = payload.Shape == PayloadShape.Dictionary;
        var element = payload.Element!;
        writer.OpenBlock($"if (!{Reader}.{(isDictionary ? "BeginObject" : "BeginArray")}(ref reader))");
        writer.WriteLine("return default;");
        writer.CloseBlock();
        writer.WriteLine();
        if (isDictionary)
        {
            writer.WriteLine(
                $"var items = new global::System.Collections.Generic.Dictionary<string, {element.Type}>();");
            writer.OpenBlock($"while ({Reader}.NextMember(ref reader))");
            writer.WriteLine($"items[{Reader}.Key(ref reader)] = {PayloadCode.Read(element)};");
        }
        else
        {
            writer.WriteLine($"var items = new global::System.Collections.Generic.List<{element.Type}>();");
            writer.OpenBlock($"while ({Reader}.NextElement(ref reader))");
            writer.WriteLine($"items.Add({PayloadCode.Read(element)});");
        }

        writer.CloseBlock();
        writer.WriteLine();
        writer.WriteLine($"return {payload.FromItems};");
    }
}
