package dev.nftrefresh.pass;

import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.ApiKeyUnavailable;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.collection.CollectionRefusals;
import dev.nftrefresh.ledger.TableLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.Backoff;
import dev.nftrefresh.pacing.GateSettings;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.QuotaUnit;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.pacing.TableGate;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.telemetry.EmfMetrics;
import dev.nftrefresh.telemetry.JsonLog;
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

/** Runs passes as one copy of the function would, against an API that answers as the test says. */
final class PassRun {
    static final Duration BATCHING_WINDOW = Duration.ofSeconds(5);

    final ScriptedApi api;
    private final PassTime time = new PassTime(Instant.now());
    private final MemoryTable memory = new MemoryTable();
    private Table table = memory;
    TokenLedger ledger = new TableLedger(memory, _ -> {}, Duration.ZERO, Duration.ZERO, time);
    final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream metricLines = new ByteArrayOutputStream();
    private final EmfMetrics metrics =
            new EmfMetrics("refresh-1", new PrintStream(metricLines, true, StandardCharsets.UTF_8), Clock.systemUTC());
    private final Queue<String> keys = new ArrayDeque<>(List.of("key-1"));
    private GateSettings settings = new GateSettings(10_000, QuotaUnit.AUTO, 20);
    private RefreshGate gate = new TableGate(new MemoryTable(), settings, "copy");
    private WaitingRoom room = WaitingRoom.NONE;
    private Duration remaining = Duration.ofMinutes(1);
    private boolean secretIsReadable = true;
    private int passes;
    private Lane lane = Lane.LIVE;

    PassRun(Function<ScriptedApi.Request, RefreshOutcome> script) {
        api = new ScriptedApi(script);
    }

    /** The secret holds these, one after the other. */
    PassRun withKeys(String... inTime) {
        keys.clear();
        keys.addAll(List.of(inTime));
        return this;
    }

    /** From now on the secret cannot be read; the key that is known is known. */
    PassRun withUnreadableSecret() {
        secretIsReadable = false;
        return this;
    }

    PassRun withRemainingTime(Duration time) {
        remaining = time;
        return this;
    }

    PassRun withGate(RefreshGate other) {
        gate = other;
        return this;
    }

    PassRun inLane(Lane other) {
        lane = other;
        return this;
    }

    PassRun withRoom(WaitingRoom shared) {
        room = shared;
        return this;
    }

    /** The quota counts this. */
    PassRun withUnit(QuotaUnit unit) {
        settings = new GateSettings(10_000, unit, 20);
        gate = new TableGate(new MemoryTable(), settings, "copy");
        return this;
    }

    /** What the passes from now on know of updates and collections lies here; a copy that was recycled knows nothing more. */
    PassRun withTable(Table shared) {
        table = shared;
        ledger = new TableLedger(table, _ -> {}, Duration.ofMinutes(2), Duration.ZERO, time);
        return this;
    }

    /** The table that nothing is wrong with. */
    MemoryTable memory() {
        return memory;
    }

    /** The next passes run so much later. */
    PassRun later(Duration by) {
        time.pass(by);
        return this;
    }

    Instant now() {
        return time.instant();
    }

    /** Runs one pass over these updates. */
    Function<QueuedUpdate, Fate> over(List<QueuedUpdate> updates) {
        var random = new Random(7);
        Clock clock = time;
        var services = new Services(
                api,
                time::threads,
                gate,
                ledger,
                new CollectionRefusals(table),
                new Keys(),
                new Backoff(random),
                room,
                BATCHING_WINDOW,
                metrics,
                clock,
                random);
        var fates = new Fates(updates.size());
        var lines = new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), clock);
        var deadline = Deadline.of(clock.instant().plus(remaining), updates.size(), clock);
        try (var inFlight = new InFlight(api, time.threads())) {
            new RefreshPass(services, lane, updates, fates, deadline, "pass-" + passes++, lines, inFlight).run();
        }
        return fates::of;
    }

    /** The metrics of the passes since this was asked last, in the embedded metric format. */
    String metrics() {
        metricLines.reset();
        metrics.flush();
        return metricLines.toString(StandardCharsets.UTF_8);
    }

    private final class Keys implements ApiKeySource {
        @Override
        public String current() {
            return keys.element();
        }

        @Override
        public boolean refresh(String refused) {
            if (!secretIsReadable) {
                throw new ApiKeyUnavailable("The secret could not be read.", null);
            }
            if (keys.size() > 1) {
                keys.remove();
            }
            return !keys.element().equals(refused);
        }

        @Override
        public boolean refreshForbidden(String forbidden) {
            return refresh(forbidden);
        }
    }
}
