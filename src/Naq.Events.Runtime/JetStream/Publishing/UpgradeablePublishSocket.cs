using System.Net.Sockets;
using NATS.Client.Core;

namespace Naq.Events.JetStream.Publishing;

/// <summary>Over a bare socket, which NATS.Net may put TLS on.</summary>
internal sealed class UpgradeablePublishSocket(INatsTlsUpgradeableSocketConnection inner, AnswerFrames answers)
    : PublishSocket(inner, answers), INatsTlsUpgradeableSocketConnection
{
    public Socket Socket => inner.Socket;
}
