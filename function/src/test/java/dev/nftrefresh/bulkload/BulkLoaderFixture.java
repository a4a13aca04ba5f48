package dev.nftrefresh.bulkload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.queue.Utf8MessageBody;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.telemetry.BulkMetrics;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A bucket, queues, a table and a clock for loaders. */
final class BulkLoaderFixture {
    static final String CHAIN = "imtbl-zkevm-testnet";
    static final String CONTRACT = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";
    static final String FOLDER = CHAIN + "/" + CONTRACT + "/";
    static final String BUCKET = "bulk";
    static final Instant UPLOADED = Instant.parse("2026-11-25T10:00:00Z");
    static final Duration INVOCATION = Duration.ofMinutes(15);
    static final Duration MARGIN = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    volatile Instant now = UPLOADED;
    /** How much time passes when somebody looks at the clock. */
    volatile Duration tick = Duration.ZERO;

    final InstantSource clock = () -> {
        now = now.plus(tick);
        return now;
    };
    final ExternalServices outside = new ExternalServices(new InMemoryObjectStore(() -> now));
    final ByteArrayOutputStream log = new ByteArrayOutputStream();
    BulkMetrics metrics = BulkMetrics.NONE;
    RejectedLineLimits rejectedLineLimits = RejectedLineLimits.OF_A_FILE;
    private int invocations;

    /** Uploads a file under the test's collection. */
    ObjectVersionId upload(String name, byte[] content) {
        return upload(name, content, null);
    }

    ObjectVersionId upload(String name, byte[] content, @Nullable String updatedAt) {
        return outside.store.upload(BUCKET, "incoming/" + FOLDER + name, content, updatedAt);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What S3 says of an upload. */
    static String notice(ObjectVersionId id) {
        return """
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1",
                 "eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"%s"},
                 "object":{"key":"%s","size":1,"versionId":"%s","sequencer":"0055AED6DCD90281E5"}}}]}""".formatted(id.bucket(), URLEncoder.encode(id.key(), StandardCharsets.UTF_8), id.version());
    }

    /** One invocation with one message; whether the message stays in the queue. */
    boolean deliver(String body) {
        return deliver(body, INVOCATION);
    }

    boolean deliver(String body, Duration time) {
        return deliver(body, UPLOADED, time, false);
    }

    /** One invocation with the notice of a loaded file, which was queued then. */
    boolean deliverToCount(ObjectVersionId id, Instant queued) {
        return deliver(notice(id), queued, INVOCATION, true);
    }

    private boolean deliver(String body, Instant queued, Duration time, boolean settling) {
        String requestId = "request-" + ++invocations;
        var services = new BulkLoaderDependencies(
                outside.store(),
                outside.loadQueue(),
                outside.loadQueue(),
                outside.refreshQueue(),
                outside.table(),
                new SettledTokens(outside.table()),
                RecountDelays.ON_LAMBDA,
                metrics,
                clock,
                MARGIN,
                rejectedLineLimits);
        var lines =
                new JsonLogger(new PrintStream(log, true, StandardCharsets.UTF_8), Clock.fixed(now, ZoneOffset.UTC));
        var message = new QueuedMessage(
                "message-1", "handle-" + invocations, Utf8MessageBody.of(body), queued, 1, queued, 1, null);
        return !new BulkLoader(services, CHAIN)
                .handle(
                        settling ? services.settlingQueue() : services.loadQueue(),
                        List.of(message),
                        now.plus(time),
                        requestId,
                        lines)
                .isEmpty();
    }

    boolean deliver(ObjectVersionId id) {
        return deliver(notice(id));
    }

    boolean deliver(ObjectVersionId id, Duration time) {
        return deliver(notice(id), time);
    }

    /** The report of a file of that name. */
    JsonNode report(String name) {
        return json(Objects.requireNonNull(reportText(name), "no report"));
    }

    @Nullable
    String reportText(String name) {
        return outside.store.text(BUCKET, "reports/" + FOLDER + name + ".report.json");
    }

    /** The rejected elements of a file of that name. */
    List<JsonNode> rejected(String name) {
        String text = outside.store.text(BUCKET, "reports/" + FOLDER + name + ".rejected.ndjson");
        return text == null
                ? List.of()
                : text.lines().map(BulkLoaderFixture::json).toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The messages as the refresh function reads them. */
    List<UpdateMessage> messages() {
        var reader = new QueueMessageReader(CHAIN);
        return outside.bodies.stream()
                .map(body -> ((MessageReadResult.ParsedMessage) reader.read(utf8(body), now)).message())
                .toList();
    }

    /** Their tokens, every one of which has to be good. */
    List<TokenUpdate> tokens() {
        var tokens = new ArrayList<TokenUpdate>();
        for (UpdateMessage message : messages()) {
            message.elements().forEach(element -> tokens.add(((UpdateMessage.Valid) element).update()));
        }
        return tokens;
    }
}
