using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Contracts;

/// <summary>A shape of an event and the assembly that declares it; <see langword="null"/> for the one being compiled.</summary>
internal sealed record KnownShape(EventShapeSpec Shape, string? Assembly);

/// <summary>
/// Every event that this compilation or an assembly it references declares. It is read from the attributes the generator
/// writes, so no type is looked at; what a reference says is read once, however often the compilation changes.
/// </summary>
internal sealed class EventKnowledge
{
    private const string Runtime = "Naq.Events.Runtime";

    // Compilations that differ in their sources only share the symbols of their references.
    private static readonly ConditionalWeakTable<IAssemblySymbol, ImmutableEquatableArray<EventShapeSpec>> References = new();

    private readonly Dictionary<string, List<KnownShape>> _shapes = new(StringComparer.Ordinal);

    private EventKnowledge()
    {
    }

    /// <summary>The wire tokens of the known events.</summary>
    public IEnumerable<string> Events => _shapes.Keys;

    public static EventKnowledge Of(Compilation compilation)
    {
        var knowledge = new EventKnowledge();
        knowledge.Add(Read(compilation.Assembly), null);
        foreach (var reference in compilation.SourceModule.ReferencedAssemblySymbols)
            knowledge.Add(OfReference(reference), reference.Name);

        return knowledge;
    }

    /// <summary>What a referenced assembly declares.</summary>
    public static ImmutableEquatableArray<EventShapeSpec> OfReference(IAssemblySymbol assembly) =>
        References.GetValue(assembly, static assembly => MayDeclareEvents(assembly)
            ? Read(assembly)
            : ImmutableEquatableArray<EventShapeSpec>.Empty);

    /// <summary>The shapes of an event; none when nobody declares it.</summary>
    public IReadOnlyList<KnownShape> ShapesOf(string token) => _shapes.TryGetValue(token, out var shapes) ? shapes : [];

    /// <summary>The event as this compilation declares it, its declarations put together.</summary>
    public EventShapeSpec? OwnShape(string token) =>
        ShapesOf(token).Where(known => known.Assembly is null).Select(known => known.Shape).ToList() is { Count: > 0 } own
            ? EventShapes.Merge(own)
            : null;

    // Reading attributes binds them: not for the framework's 160 assemblies.
    private static bool MayDeclareEvents(IAssemblySymbol assembly) =>
        assembly.Name == Runtime
        || assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == Runtime));

    private static ImmutableEquatableArray<EventShapeSpec> Read(IAssemblySymbol assembly) =>
        assembly.GetAttributes()
            .Where(attribute => attribute.AttributeClass.Is("Naq.Events.CompilerServices", "JobEventDeclarationAttribute"))
            .Select(Read)
            .OfType<EventShapeSpec>()
            .ToImmutableEquatableArray();

    // A later version may write what this one cannot read; that much is then not known.
    private static EventShapeSpec? Read(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: string name }, { Kind: TypedConstantKind.Array, IsNull: false } fields]
            ? new EventShapeSpec(
                name,
                fields.Values
                    .Select(field => field.Value is string text ? EventFieldSpec.Parse(text) : null)
                    .OfType<EventFieldSpec>()
                    .ToImmutableEquatableArray())
            : null;

    private void Add(ImmutableEquatableArray<EventShapeSpec> shapes, string? assembly)
    {
        foreach (var shape in shapes)
        {
            if (!_shapes.TryGetValue(shape.Event, out var known))
                _shapes.Add(shape.Event, known = []);

            known.Add(new KnownShape(shape, assembly));
        }
    }
}
