using System.Reflection;

namespace Naq.Events.Generators.Tests.Pipeline;

/// <summary>
/// A model that can reach a symbol keeps a whole compilation alive and compares by reference: nothing would be cached. So nothing
/// of Microsoft.CodeAnalysis may be reachable, and every model must be equal by value.
/// </summary>
public sealed class ModelShapeTests
{
    public static TheoryData<Type> Models => [.. typeof(EventsGenerator).Assembly.GetTypes()
        .Where(type => type.Namespace == "Naq.Events.Generators.Model" && type.Name.EndsWith("Spec", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Models))]
    public void ReachesNothingOfTheCompiler(Type model) =>
        Assert.DoesNotContain(Reachable(model), type => type.FullName!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Models))]
    public void HoldsOnlyValuesAndEquatableLists(Type model) => Assert.All(
        Reachable(model).Where(type => type.Assembly == typeof(EventsGenerator).Assembly || type.IsArray),
        type => Assert.True(
            type.IsEnum || type.IsArray || typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type), type.FullName));

    [Theory]
    [MemberData(nameof(Models))]
    public void HoldsNoArrayOfItsOwn(Type model) => Assert.DoesNotContain(Fields(model), field => field.FieldType.IsArray);

    [Fact]
    public void ThereAreModels() => Assert.True(Models.Count >= 8);

    private static HashSet<Type> Reachable(Type root)
    {
        var seen = new HashSet<Type>();
        var open = new Stack<Type>([root]);
        while (open.TryPop(out var type))
        {
            if (type.IsPrimitive || type == typeof(string) || !seen.Add(type))
                continue;

            foreach (var argument in type.GetGenericArguments())
                open.Push(argument);

            if (type.HasElementType)
                open.Push(type.GetElementType()!);
            else if (!type.IsEnum && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true)
                Fields(type).ToList().ForEach(field => open.Push(field.FieldType));
        }

        return seen;
    }

    private static FieldInfo[] Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
}
