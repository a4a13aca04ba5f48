package dev.nftrefresh.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Who is let in at the port, and who is not. */
@SuppressWarnings("NullAway.Init")
class SqsHttpEndpointTest {
    private static final AwsCredentials OF_THE_RUN = AwsBasicCredentials.create("AKIAOFTHISRUN", "its secret");

    private final LocalSqsQueues queue =
            new LocalSqsQueues(new SqsQueueSettings("updates", Duration.ofSeconds(60), 1_000), Clock.systemUTC());
    private final List<String> sent = new ArrayList<>();
    private URI endpoint;

    @BeforeEach
    void listen() throws IOException {
        endpoint = queue.listen(0, OF_THE_RUN, (name, body) -> sent.add(name + " " + body));
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @ParameterizedTest
    @CsvSource({"AKIAOFTHISRUN, another, SignatureDoesNotMatch", "AKIAANOTHER, its secret, InvalidClientTokenId"})
    void refusesOtherCredentials(String id, String secret, String code) {
        try (SqsClient other = SqsClients.at(endpoint, AwsBasicCredentials.create(id, secret))) {
            assertThatThrownBy(() -> other.sendMessage(
                            send -> send.queueUrl(queue.queueUrl(endpoint)).messageBody("an intruder's")))
                    .isInstanceOfSatisfying(SqsException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(403);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                    });
        }
        assertThat(QueueDepth.of(queue.client(), queue.queueUrl()).total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic bG9jYWw6bG9jYWw=",
                "AWS4-HMAC-SHA256 Credential=AKIAOFTHISRUN/20261123/us-east-1/sqs/aws4_request, "
                        + "SignedHeaders=host, Signature=00"
            })
    void refusesUnsignedRequests(String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("X-Amz-Target", "AmazonSQS.ReceiveMessage")
                .POST(HttpRequest.BodyPublishers.ofString("{\"QueueUrl\":\"" + queue.queueUrl() + "\"}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        queue.client().sendMessage(send -> send.queueUrl(queue.queueUrl()).messageBody("a secret"));

        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("a secret");
        }
    }

    @Test
    void reportsOnlyWhatItsClientsSent() {
        queue.client().sendMessage(send -> send.queueUrl(queue.queueUrl()).messageBody("the run's own"));
        try (SqsClient client = SqsClients.at(endpoint, OF_THE_RUN)) {
            client.sendMessageBatch(send -> send.queueUrl(queue.queueUrl(endpoint))
                    .entries(SqsContract.entry("1", "good"), SqsContract.entry("2", "\u0001")));
        }

        assertThat(sent).containsExactly("updates good");
    }

    @Test
    void answersAnUnknownCallAndAMissingQueue() {
        try (SqsClient client = SqsClients.at(endpoint, OF_THE_RUN)) {
            assertThatThrownBy(() -> client.listQueues()).hasMessageContaining("does not know ListQueues");
            assertThatThrownBy(() -> client.sendMessage(send ->
                            send.queueUrl(endpoint + "/000000000000/other").messageBody("a")))
                    .hasMessageContaining("does not exist");
        }
    }
}
