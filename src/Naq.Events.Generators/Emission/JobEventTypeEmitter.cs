using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>Prints the event methods of one type.</summary>
internal static class JobEventTypeEmitter
{
    public static string Emit(JobEventTypeSpec type)
    {
        var writer = GeneratedFile.Begin(type.Type);
        for (var i = 0; i < type.Methods.Count; i++)
        {
            if (i > 0)
                writer.WriteLine();

            EmitMethod(writer, type.Methods[i]);
        }

        return GeneratedFile.End(writer, type.Type);
    }

    private static void EmitMethod(SourceWriter writer, JobEventMethodSpec method)
    {
        writer.WriteLine(GeneratedFile.GeneratedCode);
        EmitSignature(writer, method);
        writer.OpenBlock();
        if (method.Kind == JobEventMethodKind.Factory)
            FactoryEmitter.EmitBody(writer, method);
        else
            LoggerMethodEmitter.EmitBody(writer, method);

        writer.CloseBlock();
    }

    private static void EmitSignature(SourceWriter writer, JobEventMethodSpec method)
    {
        const int MaxLength = 110;
        var head = $"{method.Modifiers} {method.ReturnType} {method.Name}(";
        var parameters = string.Join(", ", method.Parameters.Select(parameter => parameter.Declaration));
        if (head.Length + parameters.Length <= MaxLength)
        {
            writer.WriteLine($"{head}{parameters})");
            return;
        }

        writer.WriteLine(head);
        writer.Indent();
        for (var i = 0; i < method.Parameters.Count; i++)
            writer.WriteLine(method.Parameters[i].Declaration + (i < method.Parameters.Count - 1 ? "," : ")"));

        writer.Outdent();
    }
}
