package dev.nftrefresh.local.sqs;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The same contract at somebody else's SQS, so that ours is not only checked against what we believe. */
@SuppressWarnings("NullAway.Init")
class ElasticMqContractTest extends SqsContract {
    private static SQSRestServer server;
    private static SqsClient sqs;
    private String queueUrl;

    @BeforeAll
    static void start() {
        server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
        int port = server.waitUntilStarted().localAddress().getPort();
        sqs = SqsClients.at(URI.create("http://127.0.0.1:" + port));
    }

    @AfterAll
    static void stop() {
        sqs.close();
        Object _ = server.stopAndWait();
    }

    @BeforeEach
    void createQueue() {
        queueUrl = sqs.createQueue(call -> call.queueName("updates-" + UUID.randomUUID())
                        .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60")))
                .queueUrl();
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
