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
        switch (method.Kind)
        {
            case JobEventMethodKind.Factory:
                FactoryEmitter.EmitBody(writer, method);
                break;

            case JobEventMethodKind.Refused:
                EmitRefusal(writer, method);
                break;

            default:
                LoggerMethodEmitter.EmitBody(writer, method);
                break;
        }

        writer.CloseBlock();
    }

    private static void EmitRefusal(SourceWriter writer, JobEventMethodSpec method)
    {
        var message = CSharpText.Literal($"The declaration of '{method.Name}' breaks a rule (NAQ0001 and on), so it makes no event.");
        writer.WriteLine("// Only here so that the compiler gets as far as saying which rule the declaration breaks.");
        writer.WriteLine($"throw new global::System.InvalidOperationException({message});");
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
