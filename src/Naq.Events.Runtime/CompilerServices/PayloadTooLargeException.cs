namespace Naq.Events.CompilerServices;

/// <summary>A value has outgrown any event while it was written. Never seen by users.</summary>
/// <param name="length">The bytes when it was noticed.</param>
internal sealed class PayloadTooLargeException(int length) : Exception($"The value has more than {length} bytes of JSON.")
{
    public int Length { get; } = length;
}
