using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Xunit;

namespace Game.TokenUpdates.Tests;

public sealed class TokenUpdateProducerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task SendsTenMessagesACall()
    {
        using var sqs = new PartlyFailingSqs();

        await Producer(sqs).SendAllAsync(Swords(1, 25));

        Assert.Equal(new[] { 10, 10, 5 }, sqs.CallSizes);
        Assert.Equal(Swords(1, 25).Select(update => update.ToJson()), sqs.Queued);
    }

    [Fact]
    public async Task SendsAgainWhatSqsRefused()
    {
        using var sqs = new PartlyFailingSqs(refusedIds: [["0", "2"], ["1"]]);

        await Producer(sqs).SendAllAsync(Swords(1, 4));

        Assert.Equal(new[] { 4, 2, 1 }, sqs.CallSizes);
        Assert.Equal(Swords(1, 4).Select(update => update.ToJson()), sqs.Queued.Order());
    }

    [Fact]
    public async Task TellsWhatSqsKeepsRefusing()
    {
        using var sqs = new PartlyFailingSqs(refusedIds: [["0"], ["0"], ["0"], ["0"], ["0"]]);

        var notQueued = await Assert.ThrowsAsync<UpdatesNotQueuedException>(
            () => Producer(sqs).SendAllAsync(Swords(1, 12)));

        Assert.Equal(new[] { 10, 1, 1, 1, 1, 2 }, sqs.CallSizes);
        Assert.Equal("1", Assert.Single(notQueued.Updates).NftMetadata[0].TokenId);
    }

    [Fact]
    public async Task DoesNotSendAgainWhatIsItselfAtFault()
    {
        using var sqs = new PartlyFailingSqs(refusedIds: [["1"]], senderFault: true);

        await Assert.ThrowsAsync<UpdatesNotQueuedException>(() => Producer(sqs).SendAllAsync(Swords(1, 3)));

        Assert.Equal(new[] { 3 }, sqs.CallSizes);
    }

    /// <summary>Sends to the queue of ./nft-refresh run --listen, whose variables the SDK reads.</summary>
    [Fact]
    public async Task QueuesOneUpdateAndABatch()
    {
        var queueUrl = Environment.GetEnvironmentVariable("REFRESH_QUEUE_URL");
        if (queueUrl is null)
        {
            return; // xunit 2 cannot skip a test while it runs.
        }
        using var sqs = new AmazonSQSClient();
        var producer = new TokenUpdateProducer(sqs, queueUrl, TimeSpan.FromMilliseconds(100));

        await producer.SendAsync(Sword("1"));

        await producer.SendAllAsync([
            .. Swords(2, 26),
            Sword("27", "Sharpened sword", Noon.AddSeconds(1)),
            Sword("27"), // older, so it must not win
            Sword("0x1c"), // refused by the function: the id is not decimal
        ]);
    }

    private static TokenUpdateProducer Producer(IAmazonSQS sqs) =>
        new(sqs, "https://sqs.example.com/refresh", TimeSpan.Zero);

    private static TokenUpdate Sword(string tokenId, string name = "Sword", DateTimeOffset? updatedAt = null) =>
        new("imtbl-zkevm-testnet", "0x00000000000000000000000000000000000000a5", updatedAt ?? Noon, [
            new Token(tokenId, name, null, "https://assets.example.com/sword.png", null, null, null,
                [new TokenAttribute("Power", 10, "number")]),
        ]);

    private static IEnumerable<TokenUpdate> Swords(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(id => Sword(id.ToString()));

    /// <summary>Succeeds and refuses the messages of these ids, call by call. Nothing leaves the process.</summary>
    private sealed class PartlyFailingSqs(string[][]? refusedIds = null, bool senderFault = false)
        : AmazonSQSClient(new BasicAWSCredentials("a", "b"), RegionEndpoint.USEast1)
    {
        public List<int> CallSizes { get; } = [];
        public List<string> Queued { get; } = [];

        public override Task<SendMessageBatchResponse> SendMessageBatchAsync(
            SendMessageBatchRequest call, CancellationToken cancellation = default)
        {
            var refused = refusedIds?.ElementAtOrDefault(CallSizes.Count) ?? [];
            CallSizes.Add(call.Entries.Count);
            Queued.AddRange(call.Entries.Where(entry => !refused.Contains(entry.Id)).Select(entry => entry.MessageBody));
            var failed = refused
                .Select(id => new BatchResultErrorEntry { Id = id, Code = "InternalError", SenderFault = senderFault })
                .ToList();
            return Task.FromResult(new SendMessageBatchResponse { Failed = failed });
        }
    }
}
