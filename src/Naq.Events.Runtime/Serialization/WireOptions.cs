namespace Naq.Events.Serialization;

/// <summary>How a logger writes events.</summary>
internal sealed class WireOptions
{
    /// <summary>Room for the headers, which the server's max_payload counts: the version line, the id and a trace context.</summary>
    private const int HeaderBytes = 192;

    /// <summary>What a log call uses when nothing is configured.</summary>
    public static WireOptions Default { get; } = new() { Redaction = KeyRedaction.Default, TakesFromScope = true };

    /// <summary>For events a caller stores by hand: a broken limit throws.</summary>
    public static WireOptions Throwing { get; } = new() { Strict = true };

    /// <summary>Writes what is there, whole.</summary>
    public static WireOptions Unlimited { get; } = new() { MaxEventBytes = int.MaxValue, LimitTexts = false };

    /// <inheritdoc cref="Unlimited"/>
    public static WireOptions UnlimitedWithAllMembers { get; } =
        new() { MaxEventBytes = int.MaxValue, LimitTexts = false, WriteAllMembers = true };

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Whether members without a value are written, as null or <c>{}</c>.</summary>
    public bool WriteAllMembers { get; init; }

    /// <summary>Whether a broken limit throws instead of being mended.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether texts are held to their limits.</summary>
    public bool LimitTexts { get; init; } = true;

    /// <summary>What is taken out of details and metadata that no declaration names; <see langword="null"/> for nothing.</summary>
    public KeyRedaction? Redaction { get; init; }

    /// <summary>Whether an event takes over members from the job scope it is logged in; one that is only copied does not.</summary>
    public bool TakesFromScope { get; init; }

    /// <summary>The most bytes of an event with its headers; it follows the server's max_payload.</summary>
    public int MaxEventBytes { get; set; } = JobEventLimits.EventBytes;

    public int MaxPayloadBytes => MaxEventBytes - HeaderBytes;
}
