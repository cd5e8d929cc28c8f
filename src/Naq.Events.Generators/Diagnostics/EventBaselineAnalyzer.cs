using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Naq.Events.Generators.Baselines;
using Naq.Events.Generators.Contracts;

namespace Naq.Events.Generators.Diagnostics;

/// <summary>NAQ0040 to NAQ0044: holds the declared events against the baseline, when the project keeps one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EventBaselineAnalyzer : DiagnosticAnalyzer
{
    // Kept by the text: an edit of code does not read the baseline again.
    private static readonly SourceTextValueProvider<IReadOnlyList<BaselineLine>> Lines = new(BaselineLine.ParseAll);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        BaselineRules.NotInBaseline,
        BaselineRules.Gone,
        BaselineRules.Retyped,
        BaselineRules.PresenceChanged,
        BaselineRules.MalformedLine,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // The part that we write makes the user's part count as generated code.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var baseline = EventBaseline.Of(start.Options.AdditionalFiles, Read);
            if (baseline is null)
                return;

            var knowledge = new Lazy<EventKnowledge>(() => EventKnowledge.Of(start.Compilation));
            start.RegisterSymbolAction(symbol => DeclarationCheck.Analyze(symbol, baseline, knowledge), SymbolKind.Method);
            start.RegisterAdditionalFileAction(file => AnalyzeFile(file, Read(file.AdditionalFile), baseline, knowledge));

            IReadOnlyList<BaselineLine> Read(AdditionalText file) =>
                file.GetText(start.CancellationToken) is { } text && start.TryGetValue(text, Lines, out var lines) ? lines : [];
        });
    }

    private static void AnalyzeFile(
        AdditionalFileAnalysisContext context,
        IReadOnlyList<BaselineLine> lines,
        EventBaseline baseline,
        Lazy<EventKnowledge> knowledge)
    {
        var isShipped = EventBaseline.IsShipped(context.AdditionalFile);
        if (!isShipped && !EventBaseline.IsUnshipped(context.AdditionalFile))
            return;

        foreach (var line in lines)
        {
            if (line.IsMalformed)
                Report(context, BaselineRules.MalformedLine, line, null, line.Text);
            else if (baseline.Stands(line) && IsGone(line, baseline, knowledge.Value))
                ReportGone(context, line, isShipped, baseline);
        }
    }

    // The lines of a field say nothing more where the line of its event already says that all of it is gone.
    private static bool IsGone(BaselineLine line, EventBaseline baseline, EventKnowledge knowledge)
    {
        var shape = knowledge.OwnShape(line.Event);
        return line.Field is null
            ? shape is null
            : shape is null ? !baseline.HasEvent(line.Event) : shape.Find(line.Field.Path) is null;
    }

    private static void ReportGone(AdditionalFileAnalysisContext context, BaselineLine line, bool isShipped, EventBaseline baseline)
    {
        var gone = line.Field is null ? baseline.LinesOf(line.Event) : [line];
        var risk = (isShipped, line.Field) switch
        {
            (false, _) => "it never shipped, so delete the line",
            (true, null) => "handlers of the event will never be called again",
            _ => "handlers that read the field will fail, or see nothing",
        };
        var lines = string.Join("\n", gone.Select(entry => BaselineLine.RemovedMark + entry.Text));
        Report(context, BaselineRules.Gone, line, lines, line.Text, risk);
    }

    private static void Report(
        AdditionalFileAnalysisContext context, DiagnosticDescriptor rule, BaselineLine line, string? lines, params object?[] arguments)
    {
        var text = context.AdditionalFile.GetText(context.CancellationToken);
        if (text is null)
            return;

        var location = Location.Create(context.AdditionalFile.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span));
        var properties = ImmutableDictionary<string, string?>.Empty;
        context.ReportDiagnostic(Diagnostic.Create(
            rule, location, lines is null ? properties : properties.Add(BaselineRules.Lines, lines), arguments));
    }
}
