using System.Globalization;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Emission;

/// <summary>The nested type that holds a class's handlers, and for each event those it goes to.</summary>
internal sealed class HandlerTable
{
    // A field of one of these names would hide a member of object.
    private static readonly string[] MembersOfObject =
        ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    private readonly HandlerClassSpec _spec;
    private readonly string[] _fields;
    private readonly List<(EventNameSpec Event, string Field)> _entries = [];

    public HandlerTable(HandlerClassSpec spec)
    {
        _spec = spec;
        var names = new UniqueNames(MembersOfObject.Append(spec.Type.TableName).Append(spec.Type.Name));
        _fields = spec.Methods.Select(method => names.Take(method.Name)).ToArray();
        var events = spec.Methods.SelectMany(method => method.Events).Distinct();
        foreach (var name in events.OrderBy(name => name.Token, StringComparer.Ordinal))
            _entries.Add((name, names.Take("For" + Pascal(name))));

        EveryEvent = spec.Methods.Any(method => method.HandlesEveryEvent) ? names.Take("ForEveryEvent") : null;
        HandledEvents = names.Take("HandledEvents");
        Ordering = spec.Type.Ordering is null ? null : names.Take("Ordering");
    }

    /// <summary>The events handled by name or type, in ordinal order, each with the field of its handlers.</summary>
    public IReadOnlyList<(EventNameSpec Event, string Field)> Entries => _entries;

    /// <summary>The field of the handlers of every event, or <see langword="null"/> when there are none.</summary>
    public string? EveryEvent { get; }

    /// <summary>The field of the names of the handled events.</summary>
    public string HandledEvents { get; }

    /// <summary>The field of which events the class needs one after the other, or <see langword="null"/> when it does not say.</summary>
    public string? Ordering { get; }

    public static string Handler(string self) => $"global::Naq.Events.CompilerServices.JobEventHandler<{self}>";

    public void Emit(SourceWriter writer)
    {
        writer.WriteLine(GeneratedFile.GeneratedCode);
        writer.OpenBlock($"private static class {_spec.Type.TableName}");
        for (var i = 0; i < _fields.Length; i++)
        {
            EmitHandler(writer, _spec.Methods[i], _fields[i]);
            writer.WriteLine();
        }

        foreach (var (name, field) in _entries)
            EmitArray(writer, field, method => method.HandlesEveryEvent || method.Events.Contains(name));

        if (EveryEvent is not null)
            EmitArray(writer, EveryEvent, method => method.HandlesEveryEvent);

        var handled = EveryEvent is null ? string.Join(", ", _entries.Select(entry => CSharpText.Literal(entry.Event.Token))) : "";
        writer.WriteLine($"public static readonly string[] {HandledEvents} = [{handled}];");
        if (_spec.Type.Ordering is { } ordering)
        {
            var key = ordering.Key is null ? "" : $" {{ Key = {CSharpText.Literal(ordering.Key)} }}";
            writer.WriteLine(
                $"public static readonly {HandlerClassEmitter.OrderingType} {Ordering} = new(global::Naq.Events.JobEventOrdering.{ordering.Ordering}){key};");
        }

        writer.CloseBlock();
    }

    private void EmitHandler(SourceWriter writer, HandlerMethodSpec method, string field)
    {
        const string Parameters = "static (handlers, jobEvent, context, cancellationToken) =>";
        writer.WriteLine($"public static readonly {Handler(_spec.Type.SelfName)} {field} = new(");
        writer.Indent();
        writer.WriteLine($"{CSharpText.Literal($"{_spec.Type.Name}.{method.Name.TrimStart('@')}")},");
        writer.WriteLine(Parameters);
        if (method.Return == HandlerReturn.Void)
        {
            writer.OpenBlock();
            EmitCall(writer, method, "", ";");
            writer.WriteLine("return default;");
            writer.CloseBlock("})" + (HasMembers(method) ? "" : ";"));
        }
        else
        {
            var isTask = method.Return == HandlerReturn.Task;
            writer.Indent();
            var end = (isTask ? "))" : ")") + (HasMembers(method) ? "" : ";");
            EmitCall(writer, method, isTask ? "new global::System.Threading.Tasks.ValueTask(" : "", end);
            writer.Outdent();
        }

        writer.Outdent();
        EmitMembers(writer, method);
    }

    private static bool HasMembers(HandlerMethodSpec method) =>
        method.NeedsContext || !method.TakesToken || method.Policy is not null || HandlerFilterEmitter.Emit(method) is not null;

    private static void EmitMembers(SourceWriter writer, HandlerMethodSpec method)
    {
        if (!HasMembers(method))
            return;

        writer.OpenBlock();
        if (method.NeedsContext)
            writer.WriteLine("NeedsContext = true,");

        if (!method.TakesToken)
            writer.WriteLine("TakesToken = false,");

        if (HandlerFilterEmitter.Emit(method) is { } filter)
            writer.WriteLine($"Filter = static jobEvent => {filter},");

        if (method.Policy is { } policy)
            HandlerPolicyEmitter.Emit(writer, policy);

        writer.CloseBlock("};");
    }

    private void EmitCall(SourceWriter writer, HandlerMethodSpec method, string before, string after)
    {
        const int MaxLength = 100;
        var receiver = method.IsStatic ? _spec.Type.SelfName : "handlers";
        var arguments = method.Arguments.Select(HandlerArgumentEmitter.Emit).ToList();
        if (arguments.Sum(argument => argument.Length) <= MaxLength)
        {
            writer.WriteLine($"{before}{receiver}.{method.Name}({string.Join(", ", arguments)}){after}");
            return;
        }

        writer.WriteLine($"{before}{receiver}.{method.Name}(");
        writer.Indent();
        for (var i = 0; i < arguments.Count; i++)
            writer.WriteLine(arguments[i] + (i < arguments.Count - 1 ? "," : $"){after}"));

        writer.Outdent();
    }

    private void EmitArray(SourceWriter writer, string field, Func<HandlerMethodSpec, bool> includes)
    {
        var handlers = _fields.Where((_, index) => includes(_spec.Methods[index]));
        writer.WriteLine(
            $"public static readonly {Handler(_spec.Type.SelfName)}[] {field} = [{string.Join(", ", handlers)}];");
    }

    private static string Pascal(EventNameSpec name) => name.StandardType ?? string.Concat(
        name.Token.Split(['_'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Substring(0, 1).ToUpper(CultureInfo.InvariantCulture) + word.Substring(1)));
}
