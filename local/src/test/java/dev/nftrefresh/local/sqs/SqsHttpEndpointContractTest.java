package dev.nftrefresh.local.sqs;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue as the SDK's own client of another process sees it: signed, and over the wire. */
@SuppressWarnings("NullAway.Init")
class SqsHttpEndpointContractTest extends SqsContract {
    private LocalSqsQueues queue;
    private String queueUrl;
    private SqsClient sqs;

    @BeforeEach
    void start() throws IOException {
        var credentials = AwsBasicCredentials.create("AKIAOFTHISRUN", "secret of this run");
        queue = new LocalSqsQueues(new SqsQueueSettings("updates", Duration.ofSeconds(60), 1_000), Clock.systemUTC());
        URI endpoint = queue.listen(0, credentials, SentMessageListener.UNHEARD);
        queueUrl = queue.queueUrl(endpoint);
        sqs = SqsClients.at(endpoint, credentials);
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
        return queueUrl;
    }
}
