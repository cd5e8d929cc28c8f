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
        var parameters = string.Join(", ", method.Parameters.Select(parameter => parameter.Declaration));
        writer.WriteLine(GeneratedFile.GeneratedCode);
        writer.OpenBlock($"{method.Modifiers} {method.ReturnType} {method.Name}({parameters})");
        if (method.Kind == JobEventMethodKind.Factory)
            FactoryEmitter.EmitBody(writer, method);
        else
            LoggerMethodEmitter.EmitBody(writer, method);

        writer.CloseBlock();
    }
}
