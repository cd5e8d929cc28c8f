using Naq.Events.JetStream;

namespace Naq.Events;

public sealed partial class JetStreamEventStore
{
    private async ValueTask<JetStreamSession> SessionAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        if (_session is { } ready)
            return ready;

        await _settingUp.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _session ??= await SetUpAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = _settingUp.Release();
        }
    }

    private async ValueTask<JetStreamSession> SetUpAsync(CancellationToken cancellationToken)
    {
        if (StreamSettings.Problem(_options, _subjects.Service) is { } problem)
            throw new JobEventStoreException(problem);

        var connection = await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        var api = new JetStreamApi(connection, _options.Timeout, _timeProvider);
        var session = new JetStreamSession(connection, api, new Consumers(api, _options.StreamName, _logger));
        if (session.Version < ServerVersion.Oldest)
        {
            throw new JobEventStoreException(
                $"The NATS server at {_connection.Address} is {connection.ServerInfo?.Version}; 2.10 is the oldest that Naq.Events works with. "
                + "Upgrade the server.");
        }

        if (_isForReading)
            return session;

        await SetUpStreamAsync(session, cancellationToken).ConfigureAwait(false);
        if (_options.Retention.Count > 0 && !SendsTtls(session))
            JetStreamLog.TtlsNotSupported(_logger, _connection.Address, _options.MaxAge);

        return session;
    }

    private async ValueTask SetUpStreamAsync(JetStreamSession session, CancellationToken cancellationToken)
    {
        try
        {
            _ = await session.Api.RequestAsync("INFO", null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Explain(exception, "Events cannot be stored") is { } failure)
        {
            throw failure;
        }

        var features = new StreamFeatures(SendsBatches(session), SendsTtls(session));
        await new StreamSetup(session.Consumers, _options, _subjects, features, _connection.Address, _logger).RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
