package dev.nftrefresh.dispatch;

import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.ApiKeyUnavailableException;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.ledger.TableTokenLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.ratelimit.JitteredBackoff;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.ratelimit.RateLimiterSettings;
import dev.nftrefresh.ratelimit.TableRateLimiter;
import dev.nftrefresh.ratelimit.UpdateLane;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.telemetry.EmfRefreshMetrics;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;

/** Runs passes as one copy of the function would, against an API whose answers the test chooses. */
final class PassRunner {
    static final Duration BATCHING_WINDOW = Duration.ofSeconds(5);

    final ScriptedApi api;
    private final PassClock time = new PassClock(Instant.now());
    private final InMemoryTable memory = new InMemoryTable();
    private SharedTable table = memory;
    TokenLedger ledger = new TableTokenLedger(memory, _ -> {}, Duration.ZERO, Duration.ZERO, time);
    final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream metricLines = new ByteArrayOutputStream();
    private final EmfRefreshMetrics metrics = new EmfRefreshMetrics(
            "refresh-1", new PrintStream(metricLines, true, StandardCharsets.UTF_8), Clock.systemUTC());
    private final Queue<String> keys = new ArrayDeque<>(List.of("key-1"));
    private RateLimiterSettings settings = new RateLimiterSettings(10_000, QuotaUnit.AUTO, 20);
    private RateLimiter limiter = new TableRateLimiter(new InMemoryTable(), settings, "copy");
    private WaitingUpdateStore waitingStore = WaitingUpdateStore.NONE;
    private Duration remaining = Duration.ofMinutes(1);
    private boolean secretIsReadable = true;
    private int passes;
    private UpdateLane lane = UpdateLane.LIVE;

    PassRunner(Function<ScriptedApi.ReceivedRequest, RefreshOutcome> script) {
        api = new ScriptedApi(script);
    }

    /** The secret holds these keys, one after the other. */
    PassRunner withKeys(String... inTime) {
        keys.clear();
        keys.addAll(List.of(inTime));
        return this;
    }

    /** From now on the secret cannot be read; the known key stays in use. */
    PassRunner withUnreadableSecret() {
        secretIsReadable = false;
        return this;
    }

    PassRunner withRemainingTime(Duration time) {
        remaining = time;
        return this;
    }

    PassRunner withGate(RateLimiter other) {
        limiter = other;
        return this;
    }

    PassRunner inLane(UpdateLane other) {
        lane = other;
        return this;
    }

    PassRunner withWaitingStore(WaitingUpdateStore shared) {
        waitingStore = shared;
        return this;
    }

    /** The quota counts this. */
    PassRunner withUnit(QuotaUnit unit) {
        settings = new RateLimiterSettings(10_000, unit, 20);
        limiter = new TableRateLimiter(new InMemoryTable(), settings, "copy");
        return this;
    }

    /** Uses this table from now on for updates and collections; a recycled copy knows nothing else. */
    PassRunner withTable(SharedTable shared) {
        table = shared;
        ledger = new TableTokenLedger(table, _ -> {}, Duration.ofMinutes(2), Duration.ZERO, time);
        return this;
    }

    /** The table without faults. */
    InMemoryTable memory() {
        return memory;
    }

    /** Advances the clock before the next passes. */
    PassRunner later(Duration by) {
        time.pass(by);
        return this;
    }

    Instant now() {
        return time.instant();
    }

    /** Runs one pass over these updates. */
    Function<QueuedUpdate, TokenOutcome> over(List<QueuedUpdate> updates) {
        var random = new Random(7);
        Clock clock = time;
        var services = new PassDependencies(
                api,
                time::threads,
                limiter,
                ledger,
                new CollectionRefusalStore(table),
                new FixedApiKeys(),
                new JitteredBackoff(random),
                waitingStore,
                BATCHING_WINDOW,
                RefreshRequestLimits.TOKENS,
                metrics,
                clock,
                random);
        var tokenOutcomes = new TokenOutcomes(updates.size());
        var lines = new JsonLogger(new PrintStream(log, true, StandardCharsets.UTF_8), clock);
        var deadline = InvocationDeadline.of(clock.instant().plus(remaining), updates.size(), clock);
        try (var inFlight = new InFlightRequests(api, time.threads())) {
            new RefreshPass(services, lane, updates, tokenOutcomes, deadline, "pass-" + passes++, lines, inFlight)
                    .run();
        }
        return tokenOutcomes::of;
    }

    /** The metrics of the passes since the last call, in the embedded metric format. */
    String metrics() {
        metricLines.reset();
        metrics.flush();
        return metricLines.toString(StandardCharsets.UTF_8);
    }

    private final class FixedApiKeys implements ApiKeySource {
        @Override
        public String current() {
            return keys.element();
        }

        @Override
        public boolean refresh(String refused) {
            if (!secretIsReadable) {
                throw new ApiKeyUnavailableException("The secret could not be read.", null);
            }
            if (keys.size() > 1) {
                keys.remove();
            }
            return !keys.element().equals(refused);
        }

        @Override
        public boolean refreshAfterForbidden(String forbidden) {
            return refresh(forbidden);
        }
    }
}
