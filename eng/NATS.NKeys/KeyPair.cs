using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace NATS.NKeys;

/// <summary>An Ed25519 key pair written as an NKey.</summary>
public sealed class KeyPair : IDisposable
{
    private readonly byte _prefix;

    // Pinned, so that the garbage collector leaves no copy behind that Dispose could not overwrite.
    private readonly byte[] _seed = GC.AllocateUninitializedArray<byte>(KeyEncoding.KeyLength, pinned: true);
    private readonly byte[] _publicKey = new byte[Ed25519.PublicKeySize];
    private bool _disposed;

    private KeyPair(ReadOnlySpan<char> encodedSeed)
    {
        _prefix = KeyEncoding.DecodeSeed(encodedSeed, _seed);
        Ed25519.GeneratePublicKey(_seed, 0, _publicKey, 0);
    }

    /// <summary>Reads a seed: 58 characters that start with <c>S</c> and the role's letter.</summary>
    /// <param name="encodedSeed">The seed's text, with no white space around it.</param>
    /// <returns>The pair; dispose it to overwrite the seed in memory.</returns>
    /// <exception cref="NKeysException">The text is not a seed, is damaged, or is of a key that cannot sign.</exception>
    public static KeyPair FromSeed(ReadOnlySpan<char> encodedSeed) => new(encodedSeed);

    /// <summary>The public key's text: 56 characters that start with the role's letter.</summary>
    /// <returns>The public key, which may be shown to anyone.</returns>
    /// <exception cref="ObjectDisposedException">The pair is disposed.</exception>
    public string GetPublicKey()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return KeyEncoding.EncodePublicKey(_prefix, _publicKey);
    }

    /// <summary>Signs a message with Ed25519 (RFC 8032, pure).</summary>
    /// <param name="message">The bytes to sign; a NATS client signs the server's nonce.</param>
    /// <param name="signature">Where the signature goes: its first 64 bytes are written.</param>
    /// <exception cref="NKeysException"><paramref name="signature"/> has room for fewer than 64 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The pair is disposed.</exception>
    public void Sign(ReadOnlyMemory<byte> message, Memory<byte> signature)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (signature.Length < Ed25519.SignatureSize)
        {
            throw new NKeysException($"A signature needs {Ed25519.SignatureSize} bytes; there is room for {signature.Length}.");
        }

        var signed = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, _publicKey, 0, message.ToArray(), 0, message.Length, signed, 0);
        signed.CopyTo(signature);
    }

    /// <summary>Overwrites the seed.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_seed);
        _disposed = true;
    }
}
