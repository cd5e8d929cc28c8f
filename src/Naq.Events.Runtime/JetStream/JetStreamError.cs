namespace Naq.Events.JetStream;

/// <summary>Error codes of the server's list (server/errors.json) that are told apart here.</summary>
internal static class JetStreamError
{
    public const int ClusterNotAvailable = 10008;
    public const int ClusterNotLeader = 10009;
    public const int NoSuitablePeers = 10005;
    public const int ConsumerCreateFailed = 10012;
    public const int ConsumerNotFound = 10014;
    public const int InsufficientResources = 10023;
    public const int MessageNotFound = 10037;
    public const int NotEnabledForAccount = 10039;
    public const int NotEnabled = 10076;
    public const int MessageDeleteFailed = 10057;
    public const int StorageExceeded = 10047;
    public const int SequenceNotFound = 10043;
    public const int MessageNotDeleted = 10057;
    public const int PurgeFailed = 10110;
    public const int MessageTooLarge = 10054;
    public const int StreamNameInUse = 10058;
    public const int StreamNotFound = 10059;
    public const int SubjectsOverlap = 10065;
    public const int WrongLastSequence = 10071;
    public const int ReplicasNotSupported = 10074;
    public const int ConsumerExists = 10148;
    public const int IdInProcess = 10158;
    public const int WrongLastSequenceConstant = 10164;
    public const int TooManyRequests = 10167;
}
