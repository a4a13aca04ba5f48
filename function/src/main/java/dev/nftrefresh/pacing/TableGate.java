package dev.nftrefresh.pacing;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.table.Notes;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The gate that all copies of the function share: one item of the table, replaced by each step that changes it. Of two
 * copies that decide at once, one looks again; where many do, each comes back later, after a wait drawn by itself, so that
 * never more is granted than the item says, however many copies there are. Only a copy that has not reached the table for a
 * while goes on by what it knows alone, at its part of the pace.
 */
public final class TableGate implements RefreshGate {
    static final Table.Key KEY = new Table.Key("gate", "quota");
    private static final String WRITER = "writer";
    /** The longest thing that a gate remembers is the time until its line's end. */
    private static final Duration KEPT = Duration.ofDays(2);
    /** A table that failed is left alone for up to so long: a step must not wait for it each time. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(1);
    /** A table of which every call failed for so long cannot be reached: where it is only busy, one call comes through. */
    private static final Duration UNREACHABLE = Duration.ofSeconds(10);
    /** So long it is left alone then. */
    private static final Duration UNREACHABLE_LEFT_ALONE = Duration.ofSeconds(5);
    /** Another copy was faster: whoever asks can ask again. */
    private static final int ROUNDS_OF_ASKING = 2;
    /** What an answer told is worth some more. */
    private static final int ROUNDS_OF_TELLING = 4;
    /** Of the waits that are drawn where copies meet: up to this at first, and then twice as long each time. */
    private static final Duration SHORTEST_APART = Duration.ofMillis(50);
    /** A pass returns its messages rather than wait longer than five seconds. */
    private static final Duration LONGEST_APART = Duration.ofSeconds(4);
    /** Answers that could not be told; older permits than so many are taken for dead anyway. */
    private static final int MOST_UNTOLD = 64;

    private final Table table;
    private final GateSettings settings;
    private final GateSettings settingsAlone;
    private final String copy;
    private final SplittableRandom random;
    private long writes;
    private @Nullable Item seen;
    private Notes known = new Notes();
    private Instant tableLeftAloneUntil = Instant.MIN;
    /** The first failure since the table was reached last. */
    private @Nullable Instant failingSince;
    /** Whether others wrote since this copy did: then a look costs less than a write in vain. */
    private boolean looksFirst;
    /** How far apart this copy stays from the others that it met. */
    private Duration apart = Duration.ZERO;
    /** What could not be written down yet, and is with the next step. */
    private final List<Consumer<GateState>> untold = new ArrayList<>();
    /** So many of these are in what is known already: a copy that is alone did not wait. */
    private int untoldKnown;
    /** So many of these went with a write of which nobody knows what came of it. */
    private int unsure;

    /**
     * A gate of one copy.
     *
     * @param copy a name that no other copy has; the waits it draws are by its name
     */
    public TableGate(Table table, GateSettings settings, String copy) {
        this.table = table;
        this.settings = settings;
        this.settingsAlone = settings.ofOneCopy();
        this.copy = copy;
        this.random = new SplittableRandom(copy.hashCode());
    }

    @Override
    public synchronized Answer ask(Request request, Instant now, Duration atMost) {
        Answer answer = step(now, atMost, ROUNDS_OF_ASKING, state -> state.ask(request, now), _ -> notNow());
        return answer instanceof NotBefore(Duration retryIn, Why why)
                ? new NotBefore(retryIn.plus(drawn(apart)), why)
                : answer;
    }

    @Override
    public synchronized int answered(Permit permit, RefreshOutcome outcome, Instant now, Duration atMost) {
        return step(now, atMost, ROUNDS_OF_TELLING, state -> state.answered(permit, outcome, now), failures -> {
            later(state -> state.answered(permit, outcome, now));
            return failures;
        });
    }

    @Override
    public synchronized void unused(Permit permit, Instant now, Duration atMost) {
        Consumer<GateState> unused = state -> state.unused(permit);
        step(
                now,
                atMost,
                ROUNDS_OF_TELLING,
                state -> {
                    unused.accept(state);
                    return permit;
                },
                same -> {
                    later(unused);
                    return same;
                });
    }

    @Override
    public synchronized List<Duration> appointments(List<Request> requests, Instant now, Duration atMost) {
        return step(
                now,
                atMost,
                ROUNDS_OF_TELLING,
                state -> requests.stream()
                        .map(request -> state.appointment(request, now))
                        .toList(),
                UnaryOperator.identity());
    }

    @Override
    public synchronized Duration promise(Request request, Instant now, Duration atMost) {
        return step(now, atMost, ROUNDS_OF_TELLING, state -> state.promise(request, now), UnaryOperator.identity());
    }

    @Override
    public synchronized ApiHealth health(Instant now, Duration atMost) {
        return step(now, atMost, 1, GateState::health, UnaryOperator.identity());
    }

    /**
     * Takes a step from what is newest, and writes down what it changed.
     *
     * @param unwritten what comes of it where it could not be written down
     */
    private <T> T step(
            Instant now, Duration atMost, int rounds, Function<GateState, T> step, UnaryOperator<T> unwritten) {
        if (now.isBefore(tableLeftAloneUntil)) {
            return withoutTable(now, step, unwritten);
        }
        Duration eachCall = atMost.dividedBy(rounds + 1L);
        boolean fresh = seen == null || looksFirst || apart.isPositive();
        if (fresh && !read(eachCall)) {
            return failed(now, step, unwritten);
        }
        T result = null;
        for (int round = 0; round < rounds; round++) {
            GateState state = state(settings);
            String before = state.notes().text();
            untold.forEach(one -> one.accept(state));
            result = step.apply(state);
            Notes after = state.notes();
            if (!fresh && after.text().equals(before)) {
                // A refusal may rest on what another copy has changed meanwhile.
                seen = null;
                return step(now, atMost, rounds, step, unwritten);
            }
            switch (write(before, after, now, eachCall)) {
                case Written.Done() -> {
                    told(after);
                    apart = round == 0 ? nearer(apart) : apart;
                    return result;
                }
                case Written.Conflict(Item current) -> {
                    take(current);
                    if (current != null && isMine()) {
                        told(known); // written, although the first answer was lost
                        return result;
                    }
                    looksFirst = true;
                    apart = fresh ? further(apart) : apart;
                    fresh = true;
                }
                case Written.Failed _ -> {
                    T unsureResult = failed(now, step, unwritten);
                    unsure = untold.size();
                    return unsureResult;
                }
            }
        }
        return unwritten.apply(Objects.requireNonNull(result));
    }

    /** What another revision wrote and this one cannot read is worth no more than nothing. */
    private GateState state(GateSettings by) {
        try {
            return new GateState(by, copy, known);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return new GateState(by, copy, new Notes());
        }
    }

    /** Says whether the table could be read. */
    private boolean read(Duration atMost) {
        Item before = seen;
        try {
            take(table.read(List.of(KEY), atMost).get(KEY));
            looksFirst = before == null || seen == null || before.revision() != seen.revision();
        } catch (TableUnavailable _) {
            return false;
        }
        if (isMine()) {
            untold.subList(0, unsure).clear();
        }
        unsure = 0;
        return true;
    }

    private void take(@Nullable Item current) {
        seen = current;
        known = current == null ? new Notes() : Notes.of(current.content());
        untoldKnown = 0;
        failingSince = null;
    }

    private boolean isMine() {
        return writer().equals(known.text(WRITER));
    }

    private String writer() {
        return copy + "/" + writes;
    }

    /** What nobody could be told before is written down with this. */
    private void told(Notes now) {
        known = now;
        untold.clear();
        untoldKnown = 0;
        unsure = 0;
    }

    /** What changes nothing is not written. */
    private Written write(String before, Notes after, Instant now, Duration atMost) {
        if (after.text().equals(before)) {
            return new Written.Done();
        }
        writes++;
        after.put(WRITER, writer());
        String text = after.text();
        Written written = table.write(List.of(new Write(KEY, seen, text, now.plus(KEPT))), atMost)
                .getFirst();
        if (written instanceof Written.Done) {
            seen = new Item(seen == null ? 1 : seen.revision() + 1, text);
        }
        return written;
    }

    /** The table may be busy, or it cannot be reached; only then a copy goes on alone. */
    private <T> T failed(Instant now, Function<GateState, T> step, UnaryOperator<T> unwritten) {
        apart = further(apart);
        seen = null;
        failingSince = failingSince == null ? now : failingSince;
        tableLeftAloneUntil =
                now.plus(isUnreachable(now) ? UNREACHABLE_LEFT_ALONE : SHORTEST_APART.plus(drawn(LEFT_ALONE)));
        return withoutTable(now, step, unwritten);
    }

    private boolean isUnreachable(Instant now) {
        return failingSince != null && !failingSince.plus(UNREACHABLE).isAfter(now);
    }

    private <T> T withoutTable(Instant now, Function<GateState, T> step, UnaryOperator<T> unwritten) {
        GateState state = state(settingsAlone);
        untold.subList(untoldKnown, untold.size()).forEach(one -> one.accept(state));
        untoldKnown = untold.size();
        if (!isUnreachable(now)) {
            known = state.notes();
            return unwritten.apply(step.apply(state));
        }
        T result = step.apply(state);
        known = state.notes();
        T _ = unwritten.apply(result);
        untoldKnown = untold.size();
        return result;
    }

    private void later(Consumer<GateState> told) {
        untold.add(told);
        if (untold.size() > MOST_UNTOLD) {
            untold.removeFirst();
            untoldKnown = Math.max(0, untoldKnown - 1);
            unsure = Math.max(0, unsure - 1);
        }
    }

    /** Nothing is granted that could not be written down. */
    private static NotBefore notNow() {
        return new NotBefore(SHORTEST_APART, Why.PACED);
    }

    private Duration drawn(Duration most) {
        return most.isPositive() ? Duration.ofNanos(random.nextLong(most.toNanos() + 1)) : Duration.ZERO;
    }

    private static Duration further(Duration apart) {
        Duration twice = apart.isPositive() ? apart.multipliedBy(2) : SHORTEST_APART;
        return twice.compareTo(LONGEST_APART) < 0 ? twice : LONGEST_APART;
    }

    private static Duration nearer(Duration apart) {
        return apart.compareTo(SHORTEST_APART) > 0 ? apart.dividedBy(2) : Duration.ZERO;
    }
}
