package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import dev.nftrefresh.local.http.LocalServer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;

/**
 * SQS in this JVM, for the AWS SDK's client: a refresh queue, the two queues of bulk files, and the dead-letter queue. It
 * holds what SQS's documents
 * promise: sizes in bytes, ten entries a batch that fail each for itself, and a visibility timeout bounded in total.
 */
public final class LocalSqs implements AutoCloseable {
    /** Also the sender of every message. */
    public static final String ACCOUNT = "000000000000";

    private static final String REGION = "us-east-1";
    private static final String DEAD_LETTERS = "-dead-letters";
    private static final String BULK = "-bulk";
    private static final String BULK_REFRESH = "-bulk-refresh";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SqsFaults faults = new SqsFaults();
    private final SqsActions actions;
    private final LocalServer server;
    private final String queueName;

    private LocalSqs(QueueSettings settings, Clock clock) throws IOException {
        queueName = settings.name();
        var deadLetters = new SqsQueue(settings.named(queueName + DEAD_LETTERS), null, clock);
        var queues = new HashMap<String, SqsQueue>();
        queues.put(queueName + DEAD_LETTERS, deadLetters);
        for (String suffix : List.of("", BULK, BULK_REFRESH)) {
            String name = queueName + suffix;
            queues.put(name, new SqsQueue(settings.named(name), deadLetters, clock));
        }
        actions = new SqsActions(queues, faults);
        server = LocalServer.start(0, this::handle);
    }

    /** Starts on a free port. */
    public static LocalSqs start(QueueSettings settings, Clock clock) throws IOException {
        return new LocalSqs(settings, clock);
    }

    /** What the SDK's client calls. */
    public URI endpoint() {
        return server.address();
    }

    public String queueUrl() {
        return server.address() + "/" + ACCOUNT + "/" + queueName;
    }

    public String queueArn() {
        return arn(queueName);
    }

    /** News of bulk files. */
    public String bulkQueueUrl() {
        return queueUrl() + BULK;
    }

    public String bulkQueueArn() {
        return arn(queueName + BULK);
    }

    /** What came out of bulk files. */
    public String bulkRefreshQueueUrl() {
        return queueUrl() + BULK_REFRESH;
    }

    public String bulkRefreshQueueArn() {
        return arn(queueName + BULK_REFRESH);
    }

    public String deadLetterQueueUrl() {
        return queueUrl() + DEAD_LETTERS;
    }

    /** What goes wrong, for tests. */
    public SqsFaults faults() {
        return faults;
    }

    @Override
    public void close() {
        server.close();
    }

    static String arn(String queueName) {
        return "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":" + queueName;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            String action = target.substring(target.indexOf('.') + 1);
            JsonNode call = JSON.readTree(exchange.getRequestBody());
            if (faults.failsCall(action)) {
                answerError(exchange, 500, new SqsError("InternalError", "A fault that a test asked for."));
                return;
            }
            try {
                write(exchange, 200, actions.answer(action, call));
            } catch (SqsError e) {
                answerError(exchange, 400, e);
            } catch (InterruptedException _) {
                // The server is closing; the connection goes with it.
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void answerError(HttpExchange exchange, int status, SqsError error) throws IOException {
        exchange.getResponseHeaders().set("x-amzn-query-error", error.code + (status < 500 ? ";Sender" : ";Receiver"));
        write(
                exchange,
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("__type", "com.amazonaws.sqs#" + error.code)
                        .put("message", error.getMessage()));
    }

    private static void write(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
