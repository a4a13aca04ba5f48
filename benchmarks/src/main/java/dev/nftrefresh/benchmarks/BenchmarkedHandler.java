package dev.nftrefresh.benchmarks;

import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.dispatch.PassDependencies;
import dev.nftrefresh.dispatch.PassThreads;
import dev.nftrefresh.dispatch.UpdateEventHandler;
import dev.nftrefresh.ledger.TableTokenLedger;
import dev.nftrefresh.queue.EventSettlement;
import dev.nftrefresh.queue.SqsEventReader;
import dev.nftrefresh.queue.SqsSender;
import dev.nftrefresh.queue.SqsVisibilityChanger;
import dev.nftrefresh.queue.VisibilityTimeouts;
import dev.nftrefresh.ratelimit.JitteredBackoff;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.ratelimit.RateLimiterSettings;
import dev.nftrefresh.ratelimit.TableRateLimiter;
import dev.nftrefresh.ratelimit.UpdateLane;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The function from the event's bytes to the answer, with an API that accepts at once and a log that goes nowhere: what
 * is left is our own work. Nothing is returned or rejected, so SQS is not called.
 */
final class BenchmarkedHandler {
    private static final SqsClient NOBODY = SqsClient.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    private final UpdateEventHandler handler;
    private final JsonLogger log = new JsonLogger(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Clock.systemUTC());

    BenchmarkedHandler(int rememberedTokens) {
        var random = new Random(1);
        var services = new PassDependencies(
                (_, _, _, _) -> new RefreshOutcome.Accepted(ReportedQuota.UNKNOWN),
                PassThreads::inRealTime,
                new TableRateLimiter(
                        new InMemoryTable(), new RateLimiterSettings(100_000, QuotaUnit.AUTO, 20, 1, true), "copy"),
                new TableTokenLedger(
                        new InMemoryTable(rememberedTokens), _ -> {}, Duration.ZERO, Duration.ZERO, Clock.systemUTC()),
                new CollectionRefusalStore(new InMemoryTable()),
                new FixedKey(),
                new JitteredBackoff(random),
                WaitingUpdateStore.NONE,
                Duration.ZERO,
                RefreshRequestLimits.TOKENS,
                RefreshMetrics.NONE,
                Clock.systemUTC(),
                random);
        String queue = "http://127.0.0.1/queue";
        var visibility = new VisibilityTimeouts(Duration.ofMinutes(11), random);
        var settlement = new EventSettlement(
                new SqsSender(NOBODY, queue),
                new SqsSender(NOBODY, queue),
                new SqsVisibilityChanger(NOBODY, queue, visibility),
                new SettledTokens(new InMemoryTable()),
                RefreshMetrics.NONE,
                true);
        handler = new UpdateEventHandler(
                UpdateLane.LIVE, new QueueMessageReader("imtbl-zkevm-testnet"), services, settlement);
    }

    /** The ids of the messages that stay. */
    Set<String> handle(byte[] event, String requestId) throws IOException {
        Set<String> staying = handler.handle(
                SqsEventReader.read(new ByteArrayInputStream(event)).messages(),
                Instant.now().plusSeconds(60),
                requestId,
                log);
        if (!staying.isEmpty()) {
            throw new IllegalStateException(staying.size() + " messages were not done: the measurement is void.");
        }
        return staying;
    }

    private static final class FixedKey implements ApiKeySource {
        @Override
        public String current() {
            return "key";
        }

        @Override
        public boolean refresh(String refused) {
            return false;
        }

        @Override
        public boolean refreshAfterForbidden(String forbidden) {
            return false;
        }
    }
}
