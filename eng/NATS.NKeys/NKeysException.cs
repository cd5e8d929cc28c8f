namespace NATS.NKeys;

/// <summary>A key is malformed, or cannot be used for what was asked of it. The message never repeats the key.</summary>
/// <param name="message">What is wrong, for the person who configured the key.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class NKeysException(string message, Exception? innerException = null) : Exception(message, innerException);
