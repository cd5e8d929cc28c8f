using Naq.Events.Generators.Helpers;
using Naq.Events.Generators.Model;

namespace Naq.Events.Generators.Contracts;

/// <summary>What the declarations of the events that a handler handles say of one of its parameters.</summary>
/// <remarks>
/// A parameter looks at one declaration after the other. Tags, details or metadata of any name (<c>open</c>) may carry whatever
/// is asked for, so they forbid nothing and promise nothing.
/// </remarks>
internal sealed class HandlerContract
{
    // The order in which the binder looks.
    private static readonly string[] AllPlaces = [EventShapeParser.Details, EventShapeParser.Tags, EventShapeParser.Metadata];

    private readonly HandlerArgumentSpec _argument;
    private readonly IReadOnlyList<EventShapeSpec> _shapes;
    private readonly IReadOnlyList<string> _places;

    public HandlerContract(HandlerArgumentSpec argument, IReadOnlyList<EventShapeSpec> shapes)
        : this(argument, shapes, AllPlaces)
    {
    }

    private HandlerContract(HandlerArgumentSpec argument, IReadOnlyList<EventShapeSpec> shapes, IReadOnlyList<string> places)
    {
        _argument = argument;
        _shapes = shapes;
        _places = places;
        foreach (var shape in shapes)
            Look(shape);
    }

    /// <summary>Whether a declaration carries the field.</summary>
    public bool IsCarried { get; private set; }

    /// <summary>Whether a declaration may carry it among entries of any name.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The first event that carries it with a type the parameter does not read.</summary>
    public (string Event, EventFieldSpec Field)? Mismatch { get; private set; }

    /// <summary>The first event that may come without it.</summary>
    public string? MissingIn { get; private set; }

    private bool IsEntry => _argument.Source is HandlerArgumentSource.Entry or HandlerArgumentSource.EntryOrDetails;

    /// <summary>What declarations say of a member of a parameter that takes all details.</summary>
    public static HandlerContract OfMember(PayloadMemberSpec member, IReadOnlyList<EventShapeSpec> shapes) => new(
        new HandlerArgumentSpec(HandlerArgumentSource.Entry, JsonName: member.JsonName, Payload: member.Value),
        shapes,
        [EventShapeParser.Details]);

    /// <summary>Whether contracts have a say in where the argument's value comes from.</summary>
    public static bool Concerns(HandlerArgumentSpec argument) =>
        argument.Source is HandlerArgumentSource.OptionalProperty or HandlerArgumentSource.Duration
            or HandlerArgumentSource.Entry or HandlerArgumentSource.EntryOrDetails;

    /// <summary>The parameter name for the field that was probably meant.</summary>
    public string? Suggest(string parameter)
    {
        // Of two or three letters everything is near.
        const int MinLength = 4;
        if (!IsEntry || parameter.Length < MinLength)
            return null;

        var names = _shapes
            .SelectMany(shape => shape.Fields)
            .Where(field => field.Type != WireType.Object && (_places == AllPlaces || IsDetail(field)))
            .Select(field => CamelCase.FromSnakeCase(EventFieldPath.Split(field.Path).Name))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal);
        return NearestName.Find(parameter, names);
    }

    private static bool IsDetail(EventFieldSpec field) => EventFieldPath.Split(field.Path).Place == "Details";

    private void Look(EventShapeSpec shape)
    {
        if (!IsEntry)
        {
            var field = shape.Find(_argument.JsonName);
            IsCarried |= field is not null;
            if (field is not { IsRequired: true })
                MissingIn ??= shape.Event;

            return;
        }

        EventFieldSpec? carried = null;
        var isSure = false;
        foreach (var place in _places)
        {
            if (shape.Find($"{place}.{_argument.JsonName}") is { } field)
            {
                carried ??= field;
                isSure |= field.IsRequired;
                if (!WireType.Reads(WireTypes.Of(_argument), field.Type))
                    Mismatch ??= (shape.Event, field);
            }
            else
            {
                IsOpen |= shape.Find(place) is not null;
            }
        }

        IsCarried |= carried is not null;
        if (!isSure)
            MissingIn ??= shape.Event;
    }
}
