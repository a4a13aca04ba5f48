package dev.nftrefresh.local.sqs;

import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue as the function sees it: without a port. */
class LocalSqsQueuesContractTest extends SqsContract {
    private final LocalSqsQueues queue =
            new LocalSqsQueues(new SqsQueueSettings("updates", Duration.ofSeconds(60), 1_000), Clock.systemUTC());
    private final SqsClient sqs = queue.client();

    @Override
    SqsClient sqs() {
        return sqs;
    }

    @Override
    String queueUrl() {
        return queue.queueUrl();
    }
}
