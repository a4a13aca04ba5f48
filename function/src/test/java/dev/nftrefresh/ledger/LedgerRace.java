package dev.nftrefresh.ledger;

import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Lets copies of the function race for tokens, one call to the table after the other, and then lets all requests end.
 */
final class LedgerRace {
    static final int COPIES = 3;
    /** How long after its lease a request may be applied, and how long an unknown outcome stays unknown. */
    static final int AFTERWARDS = 40;

    /** Between an acceptance and the next update of its token. */
    static final int TOKEN_INTERVAL = 8;

    private static final int TWO_DAYS = 2 * 24 * 3600;

    sealed interface RaceStep {}

    /** A copy makes some calls to the table, and the last one has this result; an idle copy begins something first. */
    record MakeCalls(int copy, int calls, CallResult last, CopyTask ifIdle) implements RaceStep {}

    record TimePasses(int seconds) implements RaceStep {}

    /** Late writes arrive in the table. */
    record LateWritesArrive() implements RaceStep {}

    sealed interface CopyTask {}

    /**
     * Claims versions of tokens for a new request, then possibly more of them, and sends it.
     *
     * @param lease its seconds
     * @param appliedAfter seconds after it was sent; null if never
     */
    record ClaimTask(
            SortedMap<String, Integer> first,
            SortedMap<String, Integer> more,
            int lease,
            @Nullable Integer appliedAfter)
            implements CopyTask {}

    /** Records the outcome of one of the copy's own requests, in time or late, if it is known. */
    record RecordOutcomeTask(int which, boolean isUnknown) implements CopyTask {}

    private final SharedTable table = new InMemoryTable();
    private final List<SharedTable.ConditionalWrite> late = new ArrayList<>();
    private final ModelApi api = new ModelApi();
    private final List<RacingSender> senders = new ArrayList<>();
    private final Map<String, TreeSet<Integer>> asked = new TreeMap<>();
    private int requests;

    private LedgerRace() {
        for (int copy = 0; copy < COPIES; copy++) {
            senders.add(freshCopy(copy));
        }
    }

    /** Returns what went wrong. */
    static List<String> run(List<RaceStep> steps) {
        var race = new LedgerRace();
        var all = new FutureTask<>(
                () -> {
                    steps.forEach(race::play);
                    race.calmDown();
                },
                race.api);
        // Virtual threads take turns faster among themselves.
        Thread.ofVirtual().start(all);
        try {
            return all.get().faults();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** One's clock is a second behind, and one's a second ahead. */
    private RacingSender freshCopy(int copy) {
        return new RacingSender(new RacingCopy(table, late, Duration.ofSeconds(AFTERWARDS)), api, copy - 1);
    }

    private void play(RaceStep step) {
        switch (step) {
            case MakeCalls calls -> play(calls);
            case TimePasses(int seconds) -> api.pass(seconds);
            case LateWritesArrive() -> lateWritesArrive();
        }
    }

    private void play(MakeCalls calls) {
        RacingSender sender = senders.get(calls.copy);
        RacingCopy copy = sender.copy();
        if (copy.isIdle()) {
            begin(sender, calls.ifIdle);
        }
        for (int call = 1; call <= calls.calls && !copy.isIdle(); call++) {
            copy.call(call == calls.calls ? calls.last : CallResult.DONE);
        }
        if (copy.hasCrashed()) {
            senders.set(calls.copy, freshCopy(calls.copy));
        }
    }

    private void begin(RacingSender sender, CopyTask work) {
        switch (work) {
            case ClaimTask claims -> {
                ask(claims.first);
                ask(claims.more);
                sender.claimAndSend("request " + ++requests, claims);
            }
            case RecordOutcomeTask(int which, boolean isUnknown) -> sender.recordOutcome(which, isUnknown);
        }
    }

    private void ask(Map<String, Integer> versions) {
        versions.forEach((token, version) ->
                asked.computeIfAbsent(token, _ -> new TreeSet<>()).add(version));
    }

    private void lateWritesArrive() {
        table.write(late, Duration.ofSeconds(1));
        late.clear();
    }

    /** All requests end, two days pass, and then each update returns from the queue twice. */
    private void calmDown() {
        senders.forEach(sender -> sender.copy().finish());
        lateWritesArrive();
        api.pass(TWO_DAYS);
        api.isCalm();
        allComeBack();
        api.isSettled();
        allComeBack();
        asked.forEach((token, versions) -> api.mustHaveApplied(token, versions.last()));
    }

    private void allComeBack() {
        asked.forEach((token, versions) -> versions.forEach(version -> comesBack(token, version)));
    }

    private void comesBack(String token, int version) {
        RacingSender sender = senders.get(requests % COPIES);
        SortedMap<String, Integer> one = new TreeMap<>(Map.of(token, version));
        sender.claimAndSend("request " + ++requests, new ClaimTask(one, new TreeMap<>(), 30, 0));
        sender.copy().finish();
        sender.recordOutcome(-1, false);
        sender.copy().finish();
        api.pass(TOKEN_INTERVAL + 4);
    }
}
