using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Naq.Events.Serialization;

/// <summary>
/// Subjects: <c>{prefix}.{environment}.{service}.{job_id}.{event_type}</c>. A job id may hold anything, so it is percent-encoded
/// into one token: UTF-8, all but <c>A-Z a-z 0-9 - _ ~</c> as <c>%XX</c> in upper-case hex.
/// </summary>
internal static class JobEventSubject
{
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~"u8);

    private static readonly SearchValues<char> UnreservedCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~");

    /// <summary>Writes a job id as one token.</summary>
    public static void WriteJobId(Utf8JsonBuffer buffer, string jobId)
    {
        if (!jobId.AsSpan().ContainsAnyExcept(UnreservedCharacters))
        {
            buffer.Text(jobId);
            return;
        }

        WriteEncoded(buffer, jobId);
    }

    private static void WriteEncoded(Utf8JsonBuffer buffer, string jobId)
    {
        Span<byte> utf8 = stackalloc byte[JobEventLimits.JobIdCharacters * 3];
        _ = Utf8.FromUtf16(jobId, utf8, out _, out var length);
        ReadOnlySpan<byte> rest = utf8[..length];
        while (rest.IndexOfAnyExcept(Unreserved) is var index and >= 0)
        {
            buffer.Raw(rest[..index]);
            buffer.Byte((byte)'%');
            buffer.Formatted(rest[index], "X2");
            rest = rest[(index + 1)..];
        }

        buffer.Raw(rest);
    }

    /// <summary>A job id as one token of a subject.</summary>
    public static string EncodeJobId(string jobId)
    {
        if (!jobId.AsSpan().ContainsAnyExcept(UnreservedCharacters))
            return jobId;

        var buffer = Utf8JsonBuffer.Rent();
        WriteJobId(buffer, jobId);
        var token = Encoding.ASCII.GetString(buffer.Written);
        buffer.Return();
        return token;
    }

    /// <summary>Reads a token back. Other encodings of the same id, as other clients may write, are taken too.</summary>
    /// <returns>Whether the token decodes to valid UTF-8.</returns>
    public static bool TryDecodeJobId(ReadOnlySpan<char> token, [NotNullWhen(true)] out string? jobId)
    {
        jobId = null;
        if (token.IsEmpty)
            return false;

        var utf8 = new byte[Encoding.UTF8.GetMaxByteCount(token.Length)];
        var length = 0;
        while (!token.IsEmpty)
        {
            if (token[0] == '%')
            {
                if (token.Length < 3 || !TryHex(token[1], out var high) || !TryHex(token[2], out var low))
                    return false;

                utf8[length++] = (byte)((high << 4) | low);
                token = token[3..];
                continue;
            }

            var plain = token.IndexOf('%') is var index and >= 0 ? token[..index] : token;
            if (Utf8.FromUtf16(plain, utf8.AsSpan(length), out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
                return false;

            length += written;
            token = token[plain.Length..];
        }

        if (!Utf8.IsValid(utf8.AsSpan(0, length)))
            return false;

        jobId = Encoding.UTF8.GetString(utf8, 0, length);
        return true;
    }

    /// <summary>Takes a subject apart, or says what does not fit.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="prefix">The prefix it must have, without a point at its end.</param>
    /// <param name="tokens">The tokens.</param>
    public static string? Split(string subject, string prefix, out JobEventSubjectTokens tokens)
    {
        tokens = default;
        if (!subject.StartsWith(prefix, StringComparison.Ordinal) || subject.Length <= prefix.Length || subject[prefix.Length] != '.')
            return $"The subject '{subject}' does not begin with '{prefix}.'.";

        var rest = subject.AsSpan(prefix.Length + 1);
        if (rest.Count('.') != 3)
            return $"The subject '{subject}' does not have the four tokens environment, service, job id and event type after '{prefix}.'.";

        var environment = Take(ref rest);
        var service = Take(ref rest);
        var jobId = Take(ref rest);
        tokens = new JobEventSubjectTokens(environment, service, jobId, rest);
        return IsEncodedJobId(tokens.JobId) ? null : $"The job id in the subject '{subject}' does not decode.";
    }

    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> tokens)
    {
        var end = tokens.IndexOf('.');
        var token = tokens[..end];
        tokens = tokens[(end + 1)..];
        return token;
    }

    private static bool IsEncodedJobId(ReadOnlySpan<char> token) =>
        token.Length > 0 && (!token.Contains('%') || TryDecodeJobId(token, out _));

    private static bool TryHex(char character, out int value)
    {
        value = char.IsAsciiHexDigit(character) ? Convert.FromHexString(['0', character])[0] : 0;
        return char.IsAsciiHexDigit(character);
    }
}
