using System.Buffers;
using System.Globalization;
using System.Text;

namespace Naq.Events.JetStream.JobViews;

/// <summary>
/// The keys of the view: <c>{epoch}.{environment}.{service}.{job}</c>. A job's id may hold anything, a key of a KV bucket may not: what is
/// not <c>A-Z a-z 0-9 - _</c> is written as <c>=XX</c>, the bytes of its UTF-8 in upper-case hex.
/// </summary>
internal static class JobViewKey
{
    /// <summary>Where the view has come to.</summary>
    public const string Position = "position";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Of(long epoch, string environment, string service, string jobId) =>
        string.Create(CultureInfo.InvariantCulture, $"{epoch}.{Escape(environment)}.{Escape(service)}.{Escape(jobId)}");

    public static string Of(long epoch, JobEvent stored) => Of(epoch, stored.Environment!, stored.Service!, stored.JobId);

    /// <summary>All keys of an epoch, or those of one environment, one service.</summary>
    public static string Wildcard(long epoch, string environment = "*", string service = "*") =>
        string.Create(CultureInfo.InvariantCulture, $"{epoch}.{environment}.{service}.*");

    private static string Escape(string token)
    {
        if (!token.AsSpan().ContainsAnyExcept(Plain))
            return token;

        var key = new StringBuilder(token.Length * 3);
        foreach (var octet in Encoding.UTF8.GetBytes(token))
        {
            if (Plain.Contains((char)octet))
                _ = key.Append((char)octet);
            else
                _ = key.Append('=').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return key.ToString();
    }
}
