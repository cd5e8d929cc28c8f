namespace Naq.Events;

/// <summary>
/// Puts a hash in the place of a value, so that events with the same value can be found without the value: the first 16
/// hexadecimal digits of the SHA-256 of its text in UTF-8. The text is that of a tag: invariant, dates and times as ISO 8601.
/// </summary>
/// <remarks>
/// It has no salt, so that it is the same in every process, and is not anonymous: whoever can guess the value can check the
/// guess, and short or few values (PINs, phone numbers, ages) are all guessed in no time. For those use
/// <see cref="RedactAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class HashAttribute : Attribute;
