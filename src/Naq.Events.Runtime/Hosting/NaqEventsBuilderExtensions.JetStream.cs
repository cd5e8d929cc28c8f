using Microsoft.Extensions.Logging;
using Naq.Events;
using Naq.Events.Hosting;
using NATS.Client.Core;

namespace Microsoft.Extensions.DependencyInjection;

/// <content>The JetStream store.</content>
public static partial class NaqEventsBuilderExtensions
{
    /// <summary>Keeps events in a JetStream stream, which is created, or updated to the options, when the host starts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="url">The server's address, or several divided by commas: <c>nats://localhost:4222</c>.</param>
    /// <param name="configure">Sets the stream's options.</param>
    public static NaqEventsBuilder UseJetStream(this NaqEventsBuilder builder, string url, Action<JetStreamOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        return builder
            .ConfigureJetStream(options =>
            {
                options.Url = url;
                configure?.Invoke(options);
            })
            .UseStore(static provider => new JetStreamEventStore(
                provider.GetOptions<NaqEventsOptions>(),
                provider.GetOptions<JetStreamOptions>(),
                provider.GetService<ILoggerFactory>(),
                provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Keeps events in a JetStream stream, over a connection of the application's own, which is never closed here.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connection">Finds the connection.</param>
    /// <param name="configure">Sets the stream's options; its address is not used.</param>
    public static NaqEventsBuilder UseJetStream(
        this NaqEventsBuilder builder, Func<IServiceProvider, INatsConnection> connection, Action<JetStreamOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return builder
            .ConfigureJetStream(configure)
            .UseStore(provider => new JetStreamEventStore(
                connection(provider),
                provider.GetOptions<NaqEventsOptions>(),
                provider.GetOptions<JetStreamOptions>(),
                provider.GetService<ILoggerFactory>(),
                provider.GetRequiredService<TimeProvider>()));
    }

    private static NaqEventsBuilder ConfigureJetStream(this NaqEventsBuilder builder, Action<JetStreamOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<JetStreamOptions, JetStreamOptionsValidator>(configure);
        return builder;
    }
}
