using Naq.Events.Testing;
using NATS.Client.JetStream.Models;

namespace Naq.Events.JetStream.Tests;

/// <summary>What a stream forbids is said, and what is erased is not in the server's files any more.</summary>
public sealed class RemovalTests : OwnServerTests
{
    [Fact]
    public async Task A_stream_that_denies_removal_says_so()
    {
        _ = await Stream.JetStream.CreateStreamAsync(
            new StreamConfig(Stream.Name, [$"{Stream.Prefix}.*.*.*.*"]) { DenyDelete = true, DenyPurge = true }, Token);
        await using var store = Stream.Store();
        await store.AppendAsync(new JobEvent("job", JobEventType.Started) { WorkerId = "w1" }, Token);

        await RefusesAsync("deny_purge", () => store.DeleteByJobAsync("job", Token).AsTask());
        await RefusesAsync("deny_purge", () => store.DeleteAsync(JobEventFilter.ForNames("started"), Token).AsTask());
        await RefusesAsync("deny_purge", () => store.DeleteAllAsync(Token).AsTask());
        await RefusesAsync("deny_delete", () => store.DeleteAsync(new JobEventFilter { WorkerId = "w1" }, Token).AsTask());
        await RefusesAsync("deny_delete", () => store.EraseAsync(1, Token).AsTask());
        Assert.Equal(1, await store.CountAsync(cancellationToken: Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_an_erased_event_is_gone_from_the_servers_files(bool erase)
    {
        await using var store = Stream.Store();
        await store.AppendAsync([new JobEvent("job", JobEventType.Started) { Message = "SECRET-7F3A" }, new JobEvent("job", JobEventType.Completed)], Token);
        Assert.True(AreOnDisk("SECRET-7F3A"u8));

        if (erase)
            Assert.True(await store.EraseAsync(1, Token));
        else
            Assert.Equal(1, await store.DeleteAsync(new JobEventFilter { MessageContains = "secret" }, Token));

        Assert.Equal(!erase, AreOnDisk("SECRET-7F3A"u8));
    }

    private static async Task RefusesAsync(string setting, Func<Task> remove) =>
        Assert.Contains(setting, (await Assert.ThrowsAsync<JobEventStoreException>(remove)).Message, StringComparison.Ordinal);

    private bool AreOnDisk(ReadOnlySpan<byte> text)
    {
        foreach (var file in Directory.GetFiles(Server.StoreDirectory, "*.blk", SearchOption.AllDirectories))
        {
            if (File.ReadAllBytes(file).AsSpan().IndexOf(text) >= 0)
                return true;
        }

        return false;
    }
}
