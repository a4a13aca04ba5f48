package dev.nftrefresh.benchmarks;

import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.collection.CollectionRefusals;
import dev.nftrefresh.ledger.TableLedger;
import dev.nftrefresh.pacing.Backoff;
import dev.nftrefresh.pacing.GateSettings;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.QuotaUnit;
import dev.nftrefresh.pacing.TableGate;
import dev.nftrefresh.pass.EventHandler;
import dev.nftrefresh.pass.PassThreads;
import dev.nftrefresh.pass.Services;
import dev.nftrefresh.queue.Settlement;
import dev.nftrefresh.queue.SqsEventReader;
import dev.nftrefresh.queue.SqsSender;
import dev.nftrefresh.queue.SqsVisibilityReturn;
import dev.nftrefresh.queue.Visibility;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.update.MessageReader;
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
final class Handler {
    private static final SqsClient NOBODY = SqsClient.builder()
            .region(Region.EU_WEST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .build();

    private final EventHandler handler;
    private final JsonLog log = new JsonLog(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Clock.systemUTC());

    Handler(int rememberedTokens) {
        var random = new Random(1);
        var services = new Services(
                (_, _, _, _) -> new RefreshOutcome.Accepted(Quota.UNKNOWN),
                PassThreads::inRealTime,
                new TableGate(new MemoryTable(), new GateSettings(100_000, QuotaUnit.AUTO, 20, 1, true), "copy"),
                new TableLedger(
                        new MemoryTable(rememberedTokens), _ -> {}, Duration.ZERO, Duration.ZERO, Clock.systemUTC()),
                new CollectionRefusals(new MemoryTable()),
                new FixedKey(),
                new Backoff(random),
                WaitingRoom.NONE,
                Duration.ZERO,
                RefreshMetrics.NONE,
                Clock.systemUTC(),
                random);
        String queue = "http://127.0.0.1/queue";
        var visibility = new Visibility(Duration.ofMinutes(11), random);
        var settlement = new Settlement(
                new SqsSender(NOBODY, queue),
                new SqsSender(NOBODY, queue),
                new SqsVisibilityReturn(NOBODY, queue, visibility),
                new SettledTokens(new MemoryTable()),
                RefreshMetrics.NONE,
                true);
        handler = new EventHandler(Lane.LIVE, new MessageReader("imtbl-zkevm-testnet"), services, settlement);
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
        public boolean refreshForbidden(String forbidden) {
            return false;
        }
    }
}
