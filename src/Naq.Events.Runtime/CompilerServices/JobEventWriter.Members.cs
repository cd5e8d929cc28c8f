using Naq.Events.Serialization;

namespace Naq.Events.CompilerServices;

/// <content>The members with one value, in the order they are written.</content>
public ref partial struct JobEventWriter
{
    // Bytes of UTF-8 for one UTF-16 unit.
    private const int MaxUtf8Length = 3;

    /// <summary>Writes <c>worker_id</c>.</summary>
    /// <param name="value">The worker's id; nothing is written for <see langword="null"/> or an empty text, here and below.</param>
    public void WorkerId(string? value) => Text(WireMember.WorkerId, value);

    /// <summary>Writes <c>worker_type</c>.</summary>
    /// <param name="value">The kind of worker.</param>
    public void WorkerType(string? value) => Text(WireMember.WorkerType, value);

    /// <summary>Writes <c>queue_name</c>.</summary>
    /// <param name="value">The queue's name.</param>
    public void QueueName(string? value) => Text(WireMember.QueueName, value);

    /// <summary>
    /// Writes <c>error_type</c> and <c>error_message</c>, and at its place <c>error_stack</c> and <c>error_fingerprint</c>.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    public void Exception(Exception? exception)
    {
        _exception = exception;
        ErrorType(JobEventText.ErrorType(exception));
        ErrorMessage(JobEventText.ErrorMessage(exception));
    }

    /// <summary>Writes <c>error_type</c>.</summary>
    /// <param name="value">The error's type.</param>
    public void ErrorType(string? value) => Text(WireMember.ErrorType, value);

    /// <summary>Writes <c>error_message</c>, cut at <see cref="JobEventLimits.ErrorMessageBytes"/>.</summary>
    /// <param name="value">The error's message.</param>
    public void ErrorMessage(string? value) => Text(WireMember.ErrorMessage, value, JobEventLimits.ErrorMessageBytes);

    /// <summary>Writes <c>duration_ms</c>.</summary>
    /// <param name="value">Milliseconds; a number that is not finite is left out, here and below.</param>
    public void DurationMs(double? value) => Metric(WireMember.DurationMs, value);

    /// <summary>Writes <c>memory_mb</c>.</summary>
    /// <param name="value">Mebibytes.</param>
    public void MemoryMb(double? value) => Metric(WireMember.MemoryMb, value);

    /// <summary>Writes <c>cpu_time_ms</c>.</summary>
    /// <param name="value">Milliseconds.</param>
    public void CpuTimeMs(double? value) => Metric(WireMember.CpuTimeMs, value);

    /// <summary>Writes <c>attempt</c>.</summary>
    /// <param name="value">The attempt, from 1; a smaller number is left out.</param>
    public void Attempt(int? value)
    {
        if (value is not { } attempt)
            return;

        if (attempt < 1)
        {
            ThrowIfStrict($"Attempts are counted from 1; this is {attempt}.");
            return;
        }

        Member(WireMember.Attempt);
        _json.Number(attempt);
    }

    /// <summary>Writes <c>run_id</c>.</summary>
    /// <param name="value">The run's id.</param>
    public void RunId(string? value) => Text(WireMember.RunId, value);

    /// <summary>Writes <c>parent_id</c>.</summary>
    /// <param name="value">The parent job's id.</param>
    public void ParentId(string? value) => Text(WireMember.ParentId, value);

    /// <summary>Writes <c>root_id</c>.</summary>
    /// <param name="value">The first job's id.</param>
    public void RootId(string? value) => Text(WireMember.RootId, value);

    /// <summary>Writes <c>correlation_id</c>.</summary>
    /// <param name="value">The correlation's id.</param>
    public void CorrelationId(string? value) => Text(WireMember.CorrelationId, value);

    /// <summary>Writes <c>error_stack</c>, cut at <see cref="JobEventLimits.ErrorStackBytes"/>.</summary>
    /// <param name="value">The stack trace.</param>
    public void ErrorStack(string? value) => Text(WireMember.ErrorStack, value, JobEventLimits.ErrorStackBytes);

    /// <summary>Writes <c>error_fingerprint</c>.</summary>
    /// <param name="value">The fingerprint.</param>
    public void ErrorFingerprint(string? value) => Text(WireMember.ErrorFingerprint, value);

    /// <summary>Writes every member of an event but those of its head.</summary>
    internal void Members(JobEvent jobEvent)
    {
        WorkerId(jobEvent.WorkerId);
        WorkerType(jobEvent.WorkerType);
        QueueName(jobEvent.QueueName);
        Message(jobEvent.Message);
        Details(jobEvent.Details);
        ErrorType(jobEvent.ErrorType);
        ErrorMessage(jobEvent.ErrorMessage);
        DurationMs(jobEvent.DurationMs);
        MemoryMb(jobEvent.MemoryMb);
        CpuTimeMs(jobEvent.CpuTimeMs);
        BeginTags();
        Tags(jobEvent.Tags);
        EndTags();
        Metadata(jobEvent.Metadata);
        Attempt(jobEvent.Attempt);
        RunId(jobEvent.RunId);
        ParentId(jobEvent.ParentId);
        RootId(jobEvent.RootId);
        CorrelationId(jobEvent.CorrelationId);
        ErrorStack(jobEvent.ErrorStack);
        ErrorFingerprint(jobEvent.ErrorFingerprint);
    }

    private void Text(WireMember member, string? value, int limit = int.MaxValue)
    {
        if (string.IsNullOrEmpty(value))
            return;

        Member(member);
        if (value.Length <= limit / MaxUtf8Length)
        {
            _json.String(value.AsSpan());
            return;
        }

        BeginText();
        _json.Text(value);
        EndText(limit);
    }

    private void Metric(WireMember member, double? value)
    {
        if (value is not { } number)
            return;

        if (!double.IsFinite(number))
        {
            ThrowIfStrict($"{member} must be a finite number: JSON has no other.");
            return;
        }

        Member(member);
        _json.Formatted(number);
    }
}
