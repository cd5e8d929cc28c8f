using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>Prints the dispatch table of a handler class.</summary>
internal static class HandlerClassEmitter
{
    public const string OrderingType = "global::Naq.Events.OrderingAttribute";

    private const string EventType = "global::Naq.Events.JobEventType";

    public static string Emit(HandlerClassSpec spec)
    {
        var self = spec.Type.SelfName;
        var contract = $"global::Naq.Events.CompilerServices.IJobEventHandlers<{self}>";
        var table = new HandlerTable(spec);

        var writer = GeneratedFile.Begin(spec.Type.ContainingType, $" : {contract}");
        writer.WriteLine(GeneratedFile.GeneratedCode);
        writer.WriteLine($"static global::System.Collections.Generic.IReadOnlyList<string> {contract}.HandledEvents =>");
        writer.WriteLine($"    {spec.Type.TableName}.{table.HandledEvents};");
        writer.WriteLine();
        if (table.Ordering is not null)
        {
            writer.WriteLine(GeneratedFile.GeneratedCode);
            writer.WriteLine($"static {OrderingType}? {contract}.Ordering => {spec.Type.TableName}.{table.Ordering};");
            writer.WriteLine();
        }

        writer.WriteLine(GeneratedFile.GeneratedCode);
        writer.WriteLine($"static global::System.ReadOnlySpan<{HandlerTable.Handler(self)}> {contract}.GetHandlers(");
        writer.Indent();
        writer.WriteLine($"{EventType} type, string eventName) => type switch");
        writer.Outdent();
        EmitSwitch(writer, spec.Type.TableName, table);
        writer.WriteLine();
        table.Emit(writer);
        return GeneratedFile.End(writer, spec.Type.ContainingType);
    }

    private static void EmitSwitch(SourceWriter writer, string tableName, HandlerTable table)
    {
        var otherwise = table.EveryEvent is null ? "[]" : $"{tableName}.{table.EveryEvent}";
        writer.OpenBlock();
        foreach (var entry in table.Entries.Where(entry => entry.Event.StandardType is not null))
            writer.WriteLine($"{EventType}.{entry.Event.StandardType} => {tableName}.{entry.Field},");

        var custom = table.Entries.Where(entry => entry.Event.StandardType is null).ToList();
        if (custom.Count > 0)
        {
            writer.OpenBlock($"{EventType}.Custom => eventName switch");
            foreach (var entry in custom)
                writer.WriteLine($"{CSharpText.Literal(entry.Event.Token)} => {tableName}.{entry.Field},");

            writer.WriteLine($"_ => {otherwise},");
            writer.CloseBlock("},");
        }

        writer.WriteLine($"_ => {otherwise},");
        writer.CloseBlock("};");
    }
}
