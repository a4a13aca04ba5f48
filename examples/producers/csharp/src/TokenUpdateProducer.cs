using System.Text;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Game.TokenUpdates;

/// <summary>SQS did not take these updates. Sending them again is safe, and so is sending all of them again.</summary>
public sealed class UpdatesNotQueuedException(IReadOnlyList<TokenUpdate> updates, string reason)
    : Exception($"SQS did not take {updates.Count} updates; the last reason: {reason}")
{
    public IReadOnlyList<TokenUpdate> Updates { get; } = updates;
}

/// <summary>Puts token updates into the refresh queue.</summary>
/// <param name="firstWait">before a refused message is sent again; each further wait is twice as long</param>
public sealed class TokenUpdateProducer(IAmazonSQS sqs, string queueUrl, TimeSpan firstWait)
{
    // The limits of a SendMessageBatch call: 10 messages, 1 MiB together.
    private const int MaxEntries = 10;
    private const int MaxBytes = 1_048_576;
    private const int Attempts = 5;

    /// <summary>Queues one update.</summary>
    public Task SendAsync(TokenUpdate update, CancellationToken cancellation = default) =>
        sqs.SendMessageAsync(
            new SendMessageRequest { QueueUrl = queueUrl, MessageBody = update.ToJson() }, cancellation);

    /// <summary>Queues many updates in as few calls as possible.</summary>
    /// <exception cref="UpdatesNotQueuedException">Some could not be queued; the others are in the queue.</exception>
    public async Task SendAllAsync(IEnumerable<TokenUpdate> updates, CancellationToken cancellation = default)
    {
        var failures = new List<Failure>();
        foreach (var batch in Batches(updates))
        {
            await SendBatchAsync(batch, failures, cancellation);
        }
        if (failures.Count > 0)
        {
            throw new UpdatesNotQueuedException(
                failures.Select(failure => failure.Update).ToList(), failures[^1].Reason);
        }
    }

    /// <summary>
    /// A call can succeed and yet refuse some of its messages: these are sent again, unless they are at fault.
    /// </summary>
    private async Task SendBatchAsync(List<Message> batch, List<Failure> failures, CancellationToken cancellation)
    {
        var unsent = batch;
        for (var attempt = 1; unsent.Count > 0; attempt++)
        {
            var sending = unsent;
            SendMessageBatchResponse answer;
            try
            {
                var entries = sending
                    .Select((message, index) => new SendMessageBatchRequestEntry(index.ToString(), message.Body))
                    .ToList();
                answer = await sqs.SendMessageBatchAsync(
                    new SendMessageBatchRequest { QueueUrl = queueUrl, Entries = entries }, cancellation);
            }
            catch (AmazonServiceException e) // The SDK has tried several times.
            {
                failures.AddRange(sending.Select(message => new Failure(message.Update, e.Message)));
                return;
            }
            unsent = [];
            foreach (var failed in answer.Failed ?? [])
            {
                var message = sending[int.Parse(failed.Id)];
                if (failed.SenderFault == true || attempt == Attempts)
                {
                    failures.Add(new Failure(message.Update, $"{failed.Code}: {failed.Message}"));
                }
                else
                {
                    unsent.Add(message);
                }
            }
            if (unsent.Count > 0)
            {
                await Task.Delay(firstWait * Math.Pow(2, attempt - 1), cancellation);
            }
        }
    }

    private static IEnumerable<List<Message>> Batches(IEnumerable<TokenUpdate> updates)
    {
        var batch = new List<Message>();
        var bytes = 0;
        foreach (var update in updates)
        {
            var body = update.ToJson();
            var size = Encoding.UTF8.GetByteCount(body);
            if (batch.Count > 0 && (batch.Count == MaxEntries || bytes + size > MaxBytes))
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }
            batch.Add(new Message(update, body));
            bytes += size;
        }
        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private sealed record Message(TokenUpdate Update, string Body);

    private sealed record Failure(TokenUpdate Update, string Reason);
}
