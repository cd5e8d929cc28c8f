using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Naq.Events.Generators.Parsing.Payloads;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>
/// Collects what is wrong with a declaration. The generator only asks whether something is; the analyzer also reports it, and
/// only for it are diagnostics made.
/// </summary>
internal sealed class Problems
{
    private readonly Action<Diagnostic>? _report;

    private Problems(Action<Diagnostic>? report) => _report = report;

    /// <summary>Whether the declaration must be skipped.</summary>
    public bool Any { get; private set; }

    /// <summary>Whether the compiler reports something about it by itself.</summary>
    public bool AnySilent { get; private set; }

    public static Problems Unreported() => new(null);

    public static Problems ReportedTo(Action<Diagnostic> report) => new(report);

    /// <summary>Marks the declaration as wrong without a message, because the compiler gives one.</summary>
    public void AddSilently() => Any = AnySilent = true;

    public void Add(DiagnosticDescriptor rule, ISymbol at, params object?[] arguments)
    {
        Any = true;
        _report?.Invoke(Diagnostic.Create(rule, LocationOf(at), arguments));
    }

    /// <summary>Adds a problem that attributes on the parameter would settle.</summary>
    public void AddWithFix(DiagnosticDescriptor rule, IParameterSymbol at, string attributes, params object?[] arguments) =>
        AddWithFix(rule, at, attributes, null, arguments);

    /// <summary>Adds a problem that attributes on what is declared elsewhere would settle, or else on the parameter.</summary>
    public void AddWithFix(
        DiagnosticDescriptor rule, IParameterSymbol at, string attributes, Location? elsewhere, params object?[] arguments)
    {
        Any = true;
        _report?.Invoke(Diagnostic.Create(
            rule,
            LocationOf(at),
            elsewhere is null ? null : [elsewhere],
            ImmutableDictionary<string, string?>.Empty.Add(Rules.Attributes, attributes),
            arguments));
    }

    /// <summary>Adds that a type cannot be written; by <paramref name="otherwise"/> where not only a line of a context lacks.</summary>
    public void AddUnsupported(
        DiagnosticDescriptor otherwise, IParameterSymbol at, PayloadGraph payloads, string why)
    {
        Any = true;
        var unlisted = payloads.Unlisted;
        _report?.Invoke(Diagnostic.Create(
            unlisted is null ? otherwise : Rules.UnlistedType,
            LocationOf(at),
            unlisted?.Declaration is { } context ? [context] : null,
            unlisted is null ? null : ImmutableDictionary<string, string?>.Empty.Add(Rules.Type, unlisted.Type),
            at.Name,
            $"{why}: {payloads.Problem}"));
    }

    /// <summary>Adds a problem of an attribute's argument; <paramref name="locate"/> is called only when it is reported.</summary>
    public void Add(
        DiagnosticDescriptor rule,
        Func<Location> locate,
        IEnumerable<KeyValuePair<string, string?>>? properties,
        params object?[] arguments)
    {
        Any = true;
        _report?.Invoke(Diagnostic.Create(
            rule, locate(), properties is null ? null : ImmutableDictionary.CreateRange(properties), arguments));
    }

    private static Location LocationOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;
}
