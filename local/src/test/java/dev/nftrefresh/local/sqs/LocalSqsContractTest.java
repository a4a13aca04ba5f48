package dev.nftrefresh.local.sqs;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.sqs.SqsClient;

@SuppressWarnings("NullAway.Init")
class LocalSqsContractTest extends SqsContract {
    private LocalSqs queue;
    private SqsClient sqs;

    @BeforeEach
    void start() throws IOException {
        queue = LocalSqs.start(new QueueSettings("updates", Duration.ofSeconds(60), 1_000), Clock.systemUTC());
        sqs = SqsClients.at(queue.endpoint());
    }

    @AfterEach
    void stop() {
        sqs.close();
        queue.close();
    }

    @Override
    SqsClient sqs() {
        return sqs;
    }

    @Override
    String queueUrl() {
        return queue.queueUrl();
    }
}
