using Naq.Events.Generators.Emission.Payloads;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>Prints the body of a method that logs an event: members go to the wire in their canonical order.</summary>
internal static class LoggerMethodEmitter
{
    private static readonly ParameterRole[] BeforeMessage = [ParameterRole.WorkerId, ParameterRole.WorkerType, ParameterRole.QueueName];

    private static readonly (ParameterRole Role, string Method)[] BetweenDetailsAndTags =
    [
        (ParameterRole.Exception, "Exception"),
        (ParameterRole.ErrorType, "ErrorType"),
        (ParameterRole.ErrorMessage, "ErrorMessage"),
        (ParameterRole.DurationMs, "DurationMs"),
        (ParameterRole.Duration, "DurationMs"),
        (ParameterRole.MemoryMb, "MemoryMb"),
        (ParameterRole.CpuTimeMs, "CpuTimeMs"),
    ];

    private static readonly ParameterRole[] AfterTags =
    [
        ParameterRole.Metadata,
        ParameterRole.Attempt,
        ParameterRole.RunId,
        ParameterRole.ParentId,
        ParameterRole.RootId,
        ParameterRole.CorrelationId,
    ];

    public static void EmitBody(SourceWriter writer, JobEventMethodSpec method)
    {
        var names = new UniqueNames(method.Parameters.Select(parameter => parameter.Name));
        var target = names.Take("writer");
        var logger = method.Find(ParameterRole.Logger)!.Name;
        var head = $"{method.Find(ParameterRole.JobId)!.Name}, {CSharpText.Utf8Literal(method.Event!.Token)}";
        if (method.Find(ParameterRole.Timestamp) is { } timestamp)
            head += $", {timestamp.Name}";

        writer.WriteLine($"var {target} = {logger}.BeginEvent({head});");
        writer.OpenBlock("try");
        EmitMembers(writer, target, method);
        writer.WriteLine(method.Kind == JobEventMethodKind.Log
            ? $"{logger}.Log(ref {target});"
            : $"return {logger}.LogAsync(ref {target}{CancellationArgument(method)});");
        writer.CloseBlock();
        writer.OpenBlock("finally");
        writer.WriteLine($"{target}.Dispose();");
        writer.CloseBlock();
    }

    private static void EmitMembers(SourceWriter writer, string target, JobEventMethodSpec method)
    {
        foreach (var role in BeforeMessage)
            EmitMember(writer, target, role.ToString(), method.Find(role));

        EmitMessage(writer, target, method);
        EmitDetails(writer, target, method);

        foreach (var (role, name) in BetweenDetailsAndTags)
            EmitMember(writer, target, name, method.Find(role));

        EmitTags(writer, target, method);

        foreach (var role in AfterTags)
            EmitMember(writer, target, role.ToString(), method.Find(role));
    }

    private static void EmitMember(SourceWriter writer, string target, string name, ParameterSpec? parameter)
    {
        if (parameter is not null)
            writer.WriteLine($"{target}.{name}({ParameterValue.Of(parameter)});");
    }

    private static void EmitMessage(SourceWriter writer, string target, JobEventMethodSpec method)
    {
        var given = method.Find(ParameterRole.Message);
        if (method.Message is null || given is { IsNullable: false })
        {
            EmitMember(writer, target, "Message", given);
        }
        else if (given is null)
        {
            EmitTemplate(writer, target, method.Message);
        }
        else
        {
            writer.OpenBlock($"if ({given.Name} is null)");
            EmitTemplate(writer, target, method.Message);
            writer.CloseBlock();
            writer.OpenBlock("else");
            EmitMember(writer, target, "Message", given);
            writer.CloseBlock();
            writer.WriteLine();
        }
    }

    private static void EmitTemplate(SourceWriter writer, string target, ImmutableEquatableArray<MessagePartSpec> message)
    {
        writer.WriteLine($"{target}.BeginMessage();");
        foreach (var part in message)
        {
            writer.WriteLine(part switch
            {
                { IsPlaceholder: false } => $"{target}.AppendLiteral({CSharpText.Utf8Literal(part.Text)});",
                { Format: null } => $"{target}.AppendFormatted({part.Text});",
                _ => $"{target}.AppendFormatted({part.Text}, {CSharpText.Literal(part.Format)});",
            });
        }

        writer.WriteLine($"{target}.EndMessage();");
    }

    private static void EmitDetails(SourceWriter writer, string target, JobEventMethodSpec method)
    {
        EmitMember(writer, target, "Details", method.Find(ParameterRole.Details));
        var details = method.FindAll(ParameterRole.Detail).ToList();
        if (details.Count == 0)
            return;

        writer.WriteLine($"{target}.BeginDetails();");
        foreach (var detail in details)
        {
            var arguments = detail.Name + PayloadCode.WriterArgument(detail.Payload);
            writer.WriteLine($"{target}.Write({CSharpText.Utf8Literal(detail.JsonName)}, {arguments});");
        }

        writer.WriteLine($"{target}.EndDetails();");
    }

    private static void EmitTags(SourceWriter writer, string target, JobEventMethodSpec method)
    {
        var given = method.Find(ParameterRole.Tags);
        var tags = method.FindAll(ParameterRole.Tag).ToList();
        if (given is null && tags.Count == 0)
            return;

        // Of two tags with one name the last counts, and the one a parameter was made for is the more deliberate.
        writer.WriteLine($"{target}.BeginTags();");
        EmitMember(writer, target, "Tags", given);
        foreach (var tag in tags)
        {
            var text = PayloadCode.Text(tag.Payload, tag.Name);
            writer.WriteLine($"{target}.WriteTag({CSharpText.Utf8Literal(tag.JsonName)}, {text});");
        }

        writer.WriteLine($"{target}.EndTags();");
    }

    private static string CancellationArgument(JobEventMethodSpec method) =>
        method.Find(ParameterRole.CancellationToken) is { } token ? $", {token.Name}" : "";
}
