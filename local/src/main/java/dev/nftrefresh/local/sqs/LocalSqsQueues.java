package dev.nftrefresh.local.sqs;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SQS in this JVM: a refresh queue, the two queues of bulk files, and the dead-letter queues. It holds what SQS's
 * documents promise: sizes in bytes, ten entries a batch that fail each for itself, and a visibility timeout bounded in
 * total. Its clients call it without a port; one is opened by {@link #listen} alone.
 */
public final class LocalSqsQueues implements AutoCloseable {
    /** What a client in another process has to name. */
    public static final String REGION = "us-east-1";

    /** Who sends what comes from outside of the flow. */
    public static final String PRODUCER = "producer";

    /** Also the sender of what the flow itself sends. */
    public static final String ACCOUNT = "000000000000";
    /** Nobody resolves this name: what takes the address for a real one finds nothing. */
    private static final String ADDRESS = "http://sqs.invalid";

    private static final String DEAD_LETTERS = "-dead-letters";
    private static final String BULK = "-bulk";
    private static final String BULK_REFRESH = "-bulk-refresh";
    private static final String BULK_SETTLING = "-bulk-settling";

    private final SqsFaultInjector faults = new SqsFaultInjector();
    private final Map<String, InMemorySqsQueue> queues = new HashMap<>();
    private final Clock clock;
    private final String queueName;
    private final List<SqsHttpEndpoint> endpoints = new ArrayList<>();

    /** Empty queues. */
    public LocalSqsQueues(SqsQueueSettings settings, Clock clock) {
        this.clock = clock;
        queueName = settings.name();
        var deadLetters = new InMemorySqsQueue(settings.named(queueName + DEAD_LETTERS), null, clock);
        queues.put(queueName + DEAD_LETTERS, deadLetters);
        for (String suffix : List.of("", BULK_REFRESH, BULK_SETTLING)) {
            String name = queueName + suffix;
            queues.put(name, new InMemorySqsQueue(settings.named(name), deadLetters, clock));
        }
        var filesNotLoaded = new InMemorySqsQueue(settings.named(queueName + BULK + DEAD_LETTERS), null, clock);
        queues.put(filesNotLoaded.settings().name(), filesNotLoaded);
        queues.put(queueName + BULK, new InMemorySqsQueue(settings.named(queueName + BULK), filesNotLoaded, clock));
    }

    /** When the next hidden update returns; null if none waits. */
    public @Nullable Instant nextVisible() {
        return Stream.of("", BULK_REFRESH)
                .map(suffix -> Objects.requireNonNull(queues.get(queueName + suffix)))
                .flatMap(queue -> queue.nextVisible().stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** A client of this process, whose messages are the account's. */
    public SqsClient client() {
        return client(ACCOUNT);
    }

    /** A client of this process, whose messages have this {@code SenderId}. */
    public SqsClient client(String senderId) {
        return new LocalSqsClient(queues, faults, senderId, SentMessageListener.UNHEARD);
    }

    /**
     * Lets clients of other processes in, until this is closed: on loopback, and only requests that are signed with
     * these credentials.
     *
     * @param port 0 takes a free one
     * @param sent is notified of their messages
     * @return the endpoint that they have to be given
     */
    public synchronized URI listen(int port, AwsCredentials credentials, SentMessageListener sent) throws IOException {
        var endpoint = SqsHttpEndpoint.start(
                port,
                new LocalSqsClient(queues, faults, PRODUCER, sent),
                new SignatureVerifier(credentials, REGION, clock));
        endpoints.add(endpoint);
        return endpoint.address();
    }

    public String queueName() {
        return queueName;
    }

    public String queueUrl() {
        return queueUrl(URI.create(ADDRESS));
    }

    /** The same at this endpoint. */
    public String queueUrl(URI endpoint) {
        return endpoint + "/" + ACCOUNT + "/" + queueName;
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

    /** News of files that were not loaded. */
    public String bulkDeadLetterQueueUrl() {
        return bulkQueueUrl() + DEAD_LETTERS;
    }

    /** What came out of bulk files. */
    public String bulkRefreshQueueUrl() {
        return queueUrl() + BULK_REFRESH;
    }

    public String bulkRefreshQueueArn() {
        return arn(queueName + BULK_REFRESH);
    }

    /** News of bulk files whose tokens are not settled yet. */
    public String bulkSettlingQueueUrl() {
        return queueUrl() + BULK_SETTLING;
    }

    public String bulkSettlingQueueArn() {
        return arn(queueName + BULK_SETTLING);
    }

    public String deadLetterQueueUrl() {
        return queueUrl() + DEAD_LETTERS;
    }

    /** What goes wrong, for tests. */
    public SqsFaultInjector faults() {
        return faults;
    }

    /** Closes the ports; the queues stay as they are. */
    @Override
    public synchronized void close() {
        endpoints.forEach(SqsHttpEndpoint::close);
        endpoints.clear();
    }

    static String arn(String queueName) {
        return "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":" + queueName;
    }
}
