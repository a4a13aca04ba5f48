package dev.nftrefresh.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.nftrefresh.BulkLoadFunction;
import dev.nftrefresh.BulkLoadFunctionDependencies;
import dev.nftrefresh.BulkLoadFunctionSettings;
import dev.nftrefresh.bulkload.RecountDelays;
import dev.nftrefresh.local.flow.LocalBulkUpload;
import dev.nftrefresh.local.queue.LocalLambdaContext;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.telemetry.BulkMetrics;
import dev.nftrefresh.update.CollectionId;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A bulk file through the loader and the real SQS client, whose calls a server of this process answers after 20 ms, beside
 * one thread that parses the same file and throws the tokens away. Run it with {@code -Xmx128m}, which bounds the heap, what
 * waits for the garbage collector included.
 */
public final class LoadThroughput {
    private static final Duration QUEUE_ANSWERS = Duration.ofMillis(20);
    /** Of the loader, in the template. */
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private static final CollectionId COLLECTION =
            new CollectionId("imtbl-zkevm-testnet", "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e");
    private static final String PADDING = "A sword that has seen many battles, and will see more of them. ".repeat(14);

    private LoadThroughput() {}

    /** The first argument is how many tokens of about 1,050 bytes, else 1,000,000. */
    public static void main(String[] args) throws IOException {
        int tokens = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path file = Files.createTempFile("season", ".ndjson");
        try {
            write(file, tokens);
            double megabytes = Files.size(file) / 1e6;
            System.out.printf("%,d tokens, %,.0f MB, heap at most %,d MB%n", tokens, megabytes, heap());
            double parsed = megabytes / seconds(() -> parse(file));
            System.out.printf("bare parse, one thread: %,.0f MB/s%n", parsed);
            double loaded;
            long peak;
            try (var heap = PeakHeap.watched()) {
                loaded = megabytes / seconds(() -> load(file, tokens));
                peak = heap.bytes() >> 20;
            }
            System.out.printf("loaded into the queue:  %,.0f MB/s, %.2f of it%n", loaded, loaded / parsed);
            System.out.printf("peak heap while loaded: %,d MB, garbage included%n", peak);
        } finally {
            Files.delete(file);
        }
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory() >> 20;
    }

    @FunctionalInterface
    private interface TimedTask {
        void run() throws IOException;
    }

    private static double seconds(TimedTask task) throws IOException {
        long begin = System.nanoTime();
        task.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void write(Path file, int tokens) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int id = 0; id < tokens; id++) {
                out.write("{\"token_id\":\"" + id + "\",\"name\":\"Sword\",\"description\":\"" + PADDING
                        + "\",\"image\":null,\"external_url\":null,\"animation_url\":null,\"youtube_url\":null,"
                        + "\"attributes\":[{\"trait_type\":\"Power\",\"value\":" + id + "}]}\n");
            }
        }
    }

    private static void parse(Path file) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            while (json.nextToken() != null) {
                json.currentTokenId();
            }
        }
    }

    private static void load(Path file, int tokens) throws IOException {
        var clock = Clock.systemUTC();
        try (var upload = new LocalBulkUpload(file, COLLECTION, clock.instant())) {
            load(upload, clock);
            System.out.printf("messages made:          %,d%n", upload.reported("messages_queued"));
            if (upload.reported("tokens_queued") != tokens) {
                throw new IllegalStateException(
                        "Not every token was queued: the measurement is void. " + upload.report());
            }
        }
    }

    private static void load(LocalBulkUpload upload, Clock clock) throws IOException {
        try (var server = new LoopbackServer(200, QUEUE_ANSWERS, _ -> "{\"Successful\":[],\"Failed\":[]}");
                SqsClient sqs = SqsClient.builder()
                        .endpointOverride(server.address())
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            String queue = server.address() + "/000000000000/bulk";
            var settings = new BulkLoadFunctionSettings(
                    "sandbox", COLLECTION.chainName(), queue, queue + "-refresh", queue + "-settling", "table", "load");
            var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            var parts = new BulkLoadFunctionDependencies(
                    upload, sqs, new InMemoryTable(), BulkMetrics.NONE, nowhere, clock);
            InputStream event = new ByteArrayInputStream(event(upload).getBytes(StandardCharsets.UTF_8));
            new BulkLoadFunction(settings, parts, Duration.ofSeconds(20), RecountDelays.ON_LAMBDA)
                    .handleRequest(
                            event,
                            new ByteArrayOutputStream(),
                            new LocalLambdaContext(
                                    "load", "load", clock.instant().plus(TIMEOUT), clock));
        }
    }

    private static String event(LocalBulkUpload upload) {
        return "{\"Records\":[{\"messageId\":\"m\",\"receiptHandle\":\"h\",\"body\":\""
                + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(upload.notification()))
                + "\",\"attributes\":{\"SentTimestamp\":\"1795600800000\",\"ApproximateReceiveCount\":\"1\"}}]}";
    }
}
