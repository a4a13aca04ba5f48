package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The local queue without a network: the SDK's client, whose calls are answered in the same thread. */
public final class DirectSqs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "model";
    private static final String ENDPOINT = "http://127.0.0.1:1/000000000000/";

    private final SqsQueue deadLetters;
    private final SqsQueue queue;
    private final SqsActions actions;
    private final SqsClient client;

    public DirectSqs(Duration visibilityTimeout, int maxReceives, Clock clock) {
        var settings = new QueueSettings(NAME, visibilityTimeout, maxReceives);
        deadLetters = new SqsQueue(new QueueSettings(NAME + "-dead", visibilityTimeout, maxReceives), null, clock);
        queue = new SqsQueue(settings, deadLetters, clock);
        actions = new SqsActions(Map.of(NAME, queue, NAME + "-dead", deadLetters), new SqsFaults());
        client = SqsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .checksumValidationEnabled(false)
                .httpClient(new Direct())
                .build();
    }

    public String queueUrl() {
        return ENDPOINT + NAME;
    }

    public String deadLetterQueueUrl() {
        return ENDPOINT + NAME + "-dead";
    }

    public SqsClient client() {
        return client;
    }

    public void send(String body) {
        queue.send(body, "", JsonNodeFactory.instance.objectNode(), Duration.ZERO);
    }

    public QueueDepth depth() {
        return queue.depth();
    }

    public int deadLetters() {
        return deadLetters.depth().total();
    }

    /** What a poller gets with one call; nothing while too many are in flight. */
    public List<Message> receive(int most) {
        try {
            return queue.receive(most, queue.settings().visibilityTimeout(), Duration.ZERO).stream()
                    .map(DirectSqs::message)
                    .toList();
        } catch (SqsError _) {
            return List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void delete(String receiptHandle) {
        queue.delete(receiptHandle);
    }

    private static Message message(Delivery delivery) {
        var attributes = new HashMap<String, MessageAttributeValue>();
        delivery.attributes()
                .properties()
                .forEach(attribute -> attributes.put(
                        attribute.getKey(),
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(
                                        attribute.getValue().path("StringValue").asText())
                                .build()));
        return Message.builder()
                .messageId(delivery.messageId())
                .receiptHandle(delivery.receiptHandle())
                .body(delivery.body())
                .md5OfBody(delivery.bodyMd5())
                .attributes(Map.of(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        String.valueOf(delivery.sentAt().toEpochMilli()),
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        String.valueOf(delivery.receiveCount())))
                .messageAttributes(attributes)
                .build();
    }

    private final class Direct implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    String target = request.httpRequest()
                            .firstMatchingHeader("X-Amz-Target")
                            .orElseThrow();
                    String action = target.substring(target.indexOf('.') + 1);
                    JsonNode call = JSON.readTree(
                            request.contentStreamProvider().orElseThrow().newStream());
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(200).build())
                            .responseBody(AbortableInputStream.create(
                                    new ByteArrayInputStream(JSON.writeValueAsBytes(answer(action, call)))))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        private JsonNode answer(String action, JsonNode call) {
            try {
                return actions.answer(action, call);
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }

        @Override
        public void close() {}
    }
}
