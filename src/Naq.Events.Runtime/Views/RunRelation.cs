namespace Naq.Events.Views;

/// <summary>Which run of its job an event is about, beside the latest one that is known.</summary>
internal enum RunRelation
{
    /// <summary>The latest run, or none.</summary>
    Latest,

    /// <summary>A run of a later attempt.</summary>
    NextAttempt,

    /// <summary>Another run of the same attempt.</summary>
    OtherRun,

    /// <summary>A run of before, or what came before the latest run.</summary>
    Earlier,
}
