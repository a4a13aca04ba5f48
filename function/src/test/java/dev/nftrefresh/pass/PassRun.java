package dev.nftrefresh.pass;

import dev.nftrefresh.api.ApiKeySource;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.ledger.TableLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.Backoff;
import dev.nftrefresh.pacing.GateSettings;
import dev.nftrefresh.pacing.Lane;
import dev.nftrefresh.pacing.QuotaUnit;
import dev.nftrefresh.pacing.TableGate;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.telemetry.EmfMetrics;
import dev.nftrefresh.telemetry.JsonLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Function;

/** Runs passes as one copy of the function would, against an API that answers as the test says. */
final class PassRun {
    static final Duration BATCHING_WINDOW = Duration.ofSeconds(5);

    final ScriptedApi api;
    final TokenLedger ledger;
    private final Clock clock;
    final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream metricLines = new ByteArrayOutputStream();
    private final EmfMetrics metrics =
            new EmfMetrics("refresh-1", new PrintStream(metricLines, true, StandardCharsets.UTF_8), Clock.systemUTC());
    private final Queue<String> keys = new ArrayDeque<>(List.of("key-1"));
    private final TableGate gate =
            new TableGate(new MemoryTable(), new GateSettings(10_000, QuotaUnit.AUTO, 20), "copy");
    private WaitingRoom room = WaitingRoom.NONE;
    private Duration remaining = Duration.ofMinutes(1);
    private int passes;

    PassRun(Function<ScriptedApi.Request, RefreshOutcome> script) {
        this(
                new ScriptedApi(script),
                new TableLedger(new MemoryTable(), _ -> {}, Duration.ZERO, Duration.ZERO, Clock.systemUTC()),
                Clock.systemUTC());
    }

    /** A copy that shares its API and its ledger's table with others. */
    PassRun(ScriptedApi api, TokenLedger ledger, Clock clock) {
        this.api = api;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The secret holds these, one after the other. */
    PassRun withKeys(String... inTime) {
        keys.clear();
        keys.addAll(List.of(inTime));
        return this;
    }

    PassRun withRemainingTime(Duration time) {
        remaining = time;
        return this;
    }

    PassRun withRoom(WaitingRoom shared) {
        room = shared;
        return this;
    }

    /** Runs one pass over these updates. */
    Function<QueuedUpdate, Fate> over(List<QueuedUpdate> updates) {
        var random = new Random(7);
        var services = new Services(
                api,
                PassThreads::inRealTime,
                gate,
                ledger,
                new Keys(),
                new Backoff(random),
                room,
                BATCHING_WINDOW,
                metrics,
                clock);
        var fates = new Fates(updates.size());
        var lines = new JsonLog(new PrintStream(log, true, StandardCharsets.UTF_8), clock);
        var deadline = Deadline.of(clock.instant().plus(remaining), updates.size());
        try (var inFlight = new InFlight(api, PassThreads.inRealTime())) {
            new RefreshPass(services, Lane.LIVE, updates, fates, deadline, "pass-" + passes++, lines, inFlight).run();
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
            if (keys.size() > 1) {
                keys.remove();
            }
            return !keys.element().equals(refused);
        }
    }
}
