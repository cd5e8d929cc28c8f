using System.Text;
using Naq.Events.Generators.Emission.Payloads;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>Prints the body of a method that makes an event.</summary>
internal static class FactoryEmitter
{
    private const string JobEvent = "global::Naq.Events.JobEvent";
    private const string TagsBuilder = "global::Naq.Events.CompilerServices.JobEventTagsBuilder";
    private const string JobEventText = "global::Naq.Events.CompilerServices.JobEventText";

    private static readonly (ParameterRole Role, string Property)[] PropertiesAfterErrors =
    [
        (ParameterRole.ErrorType, "ErrorType"),
        (ParameterRole.ErrorMessage, "ErrorMessage"),
        (ParameterRole.DurationMs, "DurationMs"),
        (ParameterRole.Duration, "DurationMs"),
        (ParameterRole.MemoryMb, "MemoryMb"),
        (ParameterRole.CpuTimeMs, "CpuTimeMs"),
    ];

    private static readonly (ParameterRole Role, string Property)[] PropertiesAfterMetadata =
    [
        (ParameterRole.Attempt, "Attempt"),
        (ParameterRole.RunId, "RunId"),
        (ParameterRole.ParentId, "ParentId"),
        (ParameterRole.RootId, "RootId"),
        (ParameterRole.CorrelationId, "CorrelationId"),
    ];

    public static void EmitBody(SourceWriter writer, JobEventMethodSpec method)
    {
        var names = new UniqueNames(method.Parameters.Select(parameter => parameter.Name));
        var details = EmitFields(
            writer, "details", method.Find(ParameterRole.Details), method.FindAll(ParameterRole.Detail), names);
        var tags = EmitTags(writer, method, names);
        var metadata = EmitFields(
            writer, "metadata", method.Find(ParameterRole.Metadata), method.FindAll(ParameterRole.MetadataEntry), names);
        var members = Members(method, details, tags, metadata).ToList();

        // A timestamp that may be null leaves the event its own, which an initializer cannot say.
        var timestamp = method.Find(ParameterRole.Timestamp);
        var creation = $"new {JobEvent}({Value(method.Find(ParameterRole.JobId)!)}, {EventArgument(method.Event!)})";
        if (timestamp is not { IsNullable: true })
        {
            EmitCreation(writer, "return " + creation, members);
            return;
        }

        var jobEvent = names.Take("jobEvent");
        EmitCreation(writer, $"var {jobEvent} = {creation}", members);
        writer.WriteLine();
        writer.WriteLine($$"""
            return {{timestamp.Name}} is null ? {{jobEvent}} : {{jobEvent}} with { Timestamp = {{timestamp.Name}}.Value };
            """);
    }

    private static void EmitCreation(SourceWriter writer, string creation, List<string> members)
    {
        if (members.Count == 0)
        {
            writer.WriteLine(creation + ";");
            return;
        }

        writer.OpenBlock(creation);
        foreach (var member in members)
            writer.WriteLine(member + ",");

        writer.CloseBlock("};");
    }

    private static string? EmitFields(
        SourceWriter writer, string name, ParameterSpec? whole, IEnumerable<ParameterSpec> parameters, UniqueNames names)
    {
        var entries = parameters.ToList();
        if (entries.Count == 0)
            return whole is null ? null : Value(whole);

        var builder = names.Take(name);
        writer.WriteLine($"var {builder} = new global::Naq.Events.JobEventFieldsBuilder();");
        foreach (var entry in entries)
            writer.WriteLine($"{builder}.Add({CSharpText.Utf8Literal(entry.JsonName)}, {Value(entry)}{ParameterValue.WriterArgument(entry)});");

        writer.WriteLine();
        return $"{builder}.BuildDeclared()";
    }

    private static string? EmitTags(SourceWriter writer, JobEventMethodSpec method, UniqueNames names)
    {
        var given = method.Find(ParameterRole.Tags);
        var tags = method.FindAll(ParameterRole.Tag).ToList();
        var list = method.Find(ParameterRole.TagList);
        if (tags.Count == 0 && list is null)
            return given is { IsNullable: true } ? $"new {TagsBuilder}({given.Name}).Build()" : given?.Name;

        var builder = names.Take((given ?? list) is null ? "tags" : "allTags");
        writer.WriteLine($"var {builder} = new {TagsBuilder}({given?.Name});");
        if (list is not null)
            writer.WriteLine($"{builder}.AddRange({Value(list)});");

        foreach (var tag in tags)
            writer.WriteLine($"{builder}.Add({CSharpText.Literal(tag.JsonName)}, {ParameterValue.Text(tag)});");

        writer.WriteLine();
        return $"{builder}.Build()";
    }

    private static IEnumerable<string> Members(JobEventMethodSpec method, string? details, string? tags, string? metadata)
    {
        if (method.Find(ParameterRole.Timestamp) is { IsNullable: false } timestamp)
            yield return $"Timestamp = {timestamp.Name}";

        if (method.Find(ParameterRole.WorkerId) is { } workerId)
            yield return $"WorkerId = {Value(workerId)}";

        if (method.Find(ParameterRole.WorkerType) is { } workerType)
            yield return $"WorkerType = {Value(workerType)}";

        if (method.Find(ParameterRole.QueueName) is { } queueName)
            yield return $"QueueName = {Value(queueName)}";

        if (Message(method) is { } message)
            yield return $"Message = {message}";

        if (details is not null)
            yield return $"Details = {details}";

        if (method.Find(ParameterRole.Exception) is { } exception)
        {
            yield return $"ErrorType = {JobEventText}.ErrorType({exception.Name})";
            yield return $"ErrorMessage = {JobEventText}.ErrorMessage({exception.Name})";
        }

        foreach (var member in Members(method, PropertiesAfterErrors))
            yield return member;

        if (tags is not null)
            yield return $"Tags = {tags}";

        if (metadata is not null)
            yield return $"Metadata = {metadata}";

        foreach (var member in Members(method, PropertiesAfterMetadata))
            yield return member;

        if (method.Find(ParameterRole.Exception) is { } thrown)
        {
            yield return $"ErrorStack = {JobEventText}.ErrorStack({thrown.Name})";
            yield return $"ErrorFingerprint = {JobEventText}.ErrorFingerprint({thrown.Name})";
        }
    }

    private static IEnumerable<string> Members(JobEventMethodSpec method, (ParameterRole Role, string Property)[] properties) =>
        from property in properties
        let parameter = method.Find(property.Role)
        where parameter is not null
        select $"{property.Property} = {Value(parameter)}";

    private static string Value(ParameterSpec parameter) => ParameterValue.Of(parameter);

    private static string? Message(JobEventMethodSpec method)
    {
        var given = method.Find(ParameterRole.Message);
        if (given is { IsNullable: false } || method.Message is null)
            return given is null ? null : Value(given);

        var text = Message(method.Message);
        return given is null ? text : $"{Value(given)} ?? {text}";
    }

    private static string Message(ImmutableEquatableArray<MessagePartSpec> message)
    {
        if (message.All(part => !part.IsPlaceholder))
            return CSharpText.Literal(string.Concat(message.Select(part => part.Text)));

        var text = new StringBuilder();
        foreach (var part in message)
        {
            if (!part.IsPlaceholder)
                text.Append(CSharpText.InterpolatedText(part.Text));
            else if (part.Format is null)
                text.Append('{').Append(InHole(part.Text)).Append('}');
            else
                text.Append('{').Append(InHole(part.Text)).Append(':').Append(CSharpText.Escape(part.Format)).Append('}');
        }

        return $"string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $\"{text}\")";
    }

    // The colon of global:: would begin a format.
    private static string InHole(string expression) => expression.IndexOf(':') < 0 ? expression : $"({expression})";

    private static string EventArgument(EventNameSpec name) => name.StandardType is null
        ? CSharpText.Literal(name.Token)
        : $"global::Naq.Events.JobEventType.{name.StandardType}";
}
