namespace Naq.Events.CompilerServices;

/// <content>What has its names from run time: it is redacted by patterns, at once or when the event is logged.</content>
public ref partial struct JobEventValueWriter
{
    /// <summary>Where such JSON was written, outermost only, when that is noted; <see langword="null"/> for nowhere.</summary>
    internal readonly List<Range>? DynamicParts => _dynamicParts;

    private void BeginDynamic(int start)
    {
        if (_dynamicLevels++ == 0)
            _dynamicStart = start;
    }

    private void EndDynamic()
    {
        if (--_dynamicLevels > 0)
            return;

        if (_redaction is not null)
            _redaction.Apply(_json, _dynamicStart);
        else if (_notesDynamic)
            (_dynamicParts ??= []).Add(_dynamicStart.._json.Length);
    }
}
