namespace Naq.Events.Docs.Tests.Snippets;

public static partial class MailEvents
{
    [JobEvent("mail_sent", "Sent to {recipients} recipients in {elapsed:c}")]
    public static partial void LogMailSent(
        this IJobEventLogger logger,
        [JobEventField(JobEventFieldName.JobId)] string mailing,
        [JobEventField(JobEventFieldName.DurationMs)] TimeSpan elapsed,
        [JobEventDetail("recipient_count")] int recipients,
        [JobEventMetadata] int schemaVersion,
        params ReadOnlySpan<(string Name, string Value)> tags);
}

public sealed class Mailing(IJobEventLogger logger)
{
    public void Sent(string mailing, TimeSpan elapsed) =>
        logger.LogMailSent(mailing, elapsed, recipients: 3, schemaVersion: 1, ("tenant", "acme"), ("region", "eu"));
}

public static partial class LoginEvents
{
    [JobEvent("login_refused", "Refused {user} with {password}")]
    public static partial void LogLoginRefused(
        this IJobEventLogger logger, string jobId, [Hash] string user, [Redact] string password);
}

public abstract partial class SupportHandlers
{
    [OnJobEvent(JobEventType.Failed, Queue = "emails-*", Service = "shop")]
    protected static Task OnMailFailed(string jobId, [FromServices] IMailer mailer, CancellationToken cancellationToken) =>
        mailer.SendAsync($"{jobId} failed", cancellationToken);
}

public sealed partial class NewsletterHandlers : SupportHandlers
{
    [OnJobEvent("mail_sent")]
    public void OnMailSent([JobEventDetail("recipient_count")] int recipients) => Console.WriteLine(recipients);
}
