using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <content>The members that an event takes over from the job scope it is logged in, and from the exception it carries.</content>
public ref partial struct JobEventWriter
{
    /// <summary>Writes the whole lineage, where the caller has said nothing of it.</summary>
    private void TakeOverLineage(WireMember until)
    {
        if (_lineage is null || _next > WireMember.Attempt || until <= WireMember.CorrelationId)
            return;

        _json.Raw(_lineage.Json);
        _next = WireMember.CorrelationId + 1;
    }

    /// <summary>Writes the member, if the scope or the exception has a value for it.</summary>
    private bool TakeOver(WireMember member)
    {
        if (member == WireMember.Attempt)
        {
            if (_lineage?.Attempt is not { } attempt)
                return false;

            _json.Raw(WireMembers.Prefix(member));
            _json.Number(attempt);
            return true;
        }

        var text = member switch
        {
            WireMember.ErrorStack => Stack(),
            WireMember.ErrorFingerprint => _exception is null ? null : Errors.ErrorFingerprint.Of(_exception, _stackTrace),
            _ => _lineage?.TextOf(member),
        };
        if (text is null)
            return false;

        _json.Raw(WireMembers.Prefix(member));
        _json.String(text.AsSpan());
        return true;
    }

    private string? Stack()
    {
        if (_exception is null)
            return null;

        _stackTrace = Errors.ErrorStack.TraceOf(_exception);
        return Errors.ErrorStack.Of(_exception, _stackTrace);
    }
}
