package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.SharedTable.WriteResult;
import dev.nftrefresh.table.TableUnavailableException;
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
 * The rate limiter that all copies of the function share: one item of the table, replaced by each step that changes it.
 * If two copies decide at once, one reads again and retries; if many do, each retries after a random wait. So never
 * more is granted than the item allows, however many copies there are. Only a copy that has not reached the table for a
 * while continues with what it knows, at its share of the pace.
 */
public final class TableRateLimiter implements RateLimiter {
    static final SharedTable.ItemKey KEY = new SharedTable.ItemKey("gate", "quota");
    private static final String WRITER = "writer";
    /** Longer than any return queue, which is the longest-lived part of the state. */
    private static final Duration RETENTION = Duration.ofDays(2);
    /** How long a table that failed is not called: a step must not wait for it each time. */
    private static final Duration TABLE_PAUSE = Duration.ofSeconds(1);
    /** A table of which every call failed for so long counts as unreachable: if it is only busy, some call succeeds. */
    private static final Duration UNREACHABLE = Duration.ofSeconds(10);
    /** How long an unreachable table is not called. */
    private static final Duration UNREACHABLE_TABLE_PAUSE = Duration.ofSeconds(5);
    /** Few, as a caller that loses to another copy can ask again. */
    private static final int MAX_ACQUIRE_ATTEMPTS = 2;
    /** More, as an answer's report must not be lost. */
    private static final int MAX_RECORD_ATTEMPTS = 4;
    /** The bound of the first random wait after a conflict between copies; doubles each time. */
    private static final Duration MIN_CONTENTION_WAIT = Duration.ofMillis(50);
    /** Below the five seconds beyond which a pass returns its messages rather than wait. */
    private static final Duration MAX_CONTENTION_WAIT = Duration.ofSeconds(4);
    /** Outcomes that could not be written; permits older than so many others have expired anyway. */
    private static final int MAX_UNWRITTEN = 64;

    private final SharedTable table;
    private final RateLimiterSettings settings;
    private final RateLimiterSettings settingsOfOneCopy;
    private final String copy;
    private final SplittableRandom random;
    private long writes;
    private @Nullable TableItem seen;
    private ItemFields known = new ItemFields();
    private Instant tablePausedUntil = Instant.MIN;
    /** The first failure since the table was reached last. */
    private @Nullable Instant failingSince;
    /** Whether others wrote since this copy did: then a read costs less than a failed write. */
    private boolean readsFirst;
    /** The bound of this copy's random wait, grown by its conflicts with others. */
    private Duration contentionWait = Duration.ZERO;
    /** Outcomes that could not be written yet; the next step writes them. */
    private final List<Consumer<RateLimiterState>> unwrittenOutcomes = new ArrayList<>();
    /** How many of these are already in {@link #known}: a copy without the table did not wait. */
    private int unwrittenInKnown;
    /** How many of these were in a write whose result is unknown. */
    private int uncertainCount;

    /**
     * One copy's view of the shared rate limiter.
     *
     * @param copy a name that no other copy has; it also seeds the random waits
     */
    public TableRateLimiter(SharedTable table, RateLimiterSettings settings, String copy) {
        this.table = table;
        this.settings = settings;
        this.settingsOfOneCopy = settings.ofOneCopy();
        this.copy = copy;
        this.random = new SplittableRandom(copy.hashCode());
    }

    @Override
    public synchronized PermitDecision tryAcquire(PermitRequest request, Instant now, Duration timeout) {
        PermitDecision answer =
                step(now, timeout, MAX_ACQUIRE_ATTEMPTS, state -> state.tryAcquire(request, now), _ -> notNow());
        return answer instanceof Denied(Duration retryIn, DenialReason why)
                ? new Denied(retryIn.plus(randomWait(contentionWait)), why)
                : answer;
    }

    @Override
    public synchronized int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now, Duration timeout) {
        return step(now, timeout, MAX_RECORD_ATTEMPTS, state -> state.recordOutcome(permit, outcome, now), failures -> {
            deferUntilWritten(state -> state.recordOutcome(permit, outcome, now));
            return failures;
        });
    }

    @Override
    public synchronized void releaseUnused(Permit permit, Instant now, Duration timeout) {
        Consumer<RateLimiterState> unused = state -> state.releaseUnused(permit);
        step(
                now,
                timeout,
                MAX_RECORD_ATTEMPTS,
                state -> {
                    unused.accept(state);
                    return permit;
                },
                same -> {
                    deferUntilWritten(unused);
                    return same;
                });
    }

    @Override
    public synchronized List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout) {
        return step(
                now,
                timeout,
                MAX_RECORD_ATTEMPTS,
                state -> requests.stream()
                        .map(request -> state.scheduleReturn(request, now))
                        .toList(),
                UnaryOperator.identity());
    }

    @Override
    public synchronized Duration reserveSendTime(PermitRequest request, Instant now, Duration timeout) {
        return step(
                now,
                timeout,
                MAX_RECORD_ATTEMPTS,
                state -> state.reserveSendTime(request, now),
                UnaryOperator.identity());
    }

    @Override
    public synchronized ApiHealth health(Instant now, Duration timeout) {
        return step(now, timeout, 1, RateLimiterState::health, UnaryOperator.identity());
    }

    /**
     * Takes a step from the newest state, and writes what it changed.
     *
     * @param unwritten the result where the step could not be written
     */
    private <T> T step(
            Instant now, Duration timeout, int rounds, Function<RateLimiterState, T> step, UnaryOperator<T> unwritten) {
        if (now.isBefore(tablePausedUntil)) {
            return withoutTable(now, step, unwritten);
        }
        Duration eachCall = timeout.dividedBy(rounds + 1L);
        boolean fresh = seen == null || readsFirst || contentionWait.isPositive();
        if (fresh && !read(eachCall)) {
            return failed(now, step, unwritten);
        }
        T result = null;
        for (int round = 0; round < rounds; round++) {
            RateLimiterState state = state(settings);
            String before = state.fields().text();
            unwrittenOutcomes.forEach(one -> one.accept(state));
            result = step.apply(state);
            ItemFields after = state.fields();
            if (!fresh && after.text().equals(before)) {
                // A refusal may rest on what another copy has changed meanwhile.
                seen = null;
                return step(now, timeout, rounds, step, unwritten);
            }
            switch (write(before, after, now, eachCall)) {
                case WriteResult.Succeeded() -> {
                    recordWritten(after);
                    contentionWait = round == 0 ? halved(contentionWait) : contentionWait;
                    return result;
                }
                case WriteResult.Conflict(TableItem current) -> {
                    take(current);
                    if (current != null && isMine()) {
                        recordWritten(known); // written, although the first answer was lost
                        return result;
                    }
                    readsFirst = true;
                    contentionWait = fresh ? doubled(contentionWait) : contentionWait;
                    fresh = true;
                }
                case WriteResult.Failed _ -> {
                    T uncertainResult = failed(now, step, unwritten);
                    uncertainCount = unwrittenOutcomes.size();
                    return uncertainResult;
                }
            }
        }
        return unwritten.apply(Objects.requireNonNull(result));
    }

    /** The state, or an empty one if another version of the code wrote what this one cannot read. */
    private RateLimiterState state(RateLimiterSettings by) {
        try {
            return new RateLimiterState(by, copy, known);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return new RateLimiterState(by, copy, new ItemFields());
        }
    }

    /** Returns whether the table could be read. */
    private boolean read(Duration timeout) {
        TableItem before = seen;
        try {
            take(table.read(List.of(KEY), timeout).get(KEY));
            readsFirst = before == null || seen == null || before.revision() != seen.revision();
        } catch (TableUnavailableException _) {
            return false;
        }
        if (isMine()) {
            unwrittenOutcomes.subList(0, uncertainCount).clear();
        }
        uncertainCount = 0;
        return true;
    }

    private void take(@Nullable TableItem current) {
        seen = current;
        known = current == null ? new ItemFields() : ItemFields.of(current.content());
        unwrittenInKnown = 0;
        failingSince = null;
    }

    private boolean isMine() {
        return writer().equals(known.text(WRITER));
    }

    private String writer() {
        return copy + "/" + writes;
    }

    /** The write also contained the outcomes that could not be written before. */
    private void recordWritten(ItemFields now) {
        known = now;
        unwrittenOutcomes.clear();
        unwrittenInKnown = 0;
        uncertainCount = 0;
    }

    /** Writes the state unless the step changed nothing. */
    private WriteResult write(String before, ItemFields after, Instant now, Duration timeout) {
        if (after.text().equals(before)) {
            return new WriteResult.Succeeded();
        }
        writes++;
        after.put(WRITER, writer());
        String text = after.text();
        WriteResult written = table.write(List.of(new ConditionalWrite(KEY, seen, text, now.plus(RETENTION))), timeout)
                .getFirst();
        if (written instanceof WriteResult.Succeeded) {
            seen = new TableItem(seen == null ? 1 : seen.revision() + 1, text);
        }
        return written;
    }

    /** The table may be busy or unreachable; only if it is unreachable a copy continues alone. */
    private <T> T failed(Instant now, Function<RateLimiterState, T> step, UnaryOperator<T> unwritten) {
        contentionWait = doubled(contentionWait);
        seen = null;
        failingSince = failingSince == null ? now : failingSince;
        tablePausedUntil = now.plus(
                isUnreachable(now) ? UNREACHABLE_TABLE_PAUSE : MIN_CONTENTION_WAIT.plus(randomWait(TABLE_PAUSE)));
        return withoutTable(now, step, unwritten);
    }

    private boolean isUnreachable(Instant now) {
        return failingSince != null && !failingSince.plus(UNREACHABLE).isAfter(now);
    }

    private <T> T withoutTable(Instant now, Function<RateLimiterState, T> step, UnaryOperator<T> unwritten) {
        RateLimiterState state = state(settingsOfOneCopy);
        unwrittenOutcomes.subList(unwrittenInKnown, unwrittenOutcomes.size()).forEach(one -> one.accept(state));
        unwrittenInKnown = unwrittenOutcomes.size();
        if (!isUnreachable(now)) {
            known = state.fields();
            return unwritten.apply(step.apply(state));
        }
        T result = step.apply(state);
        known = state.fields();
        T _ = unwritten.apply(result);
        unwrittenInKnown = unwrittenOutcomes.size();
        return result;
    }

    private void deferUntilWritten(Consumer<RateLimiterState> reported) {
        unwrittenOutcomes.add(reported);
        if (unwrittenOutcomes.size() > MAX_UNWRITTEN) {
            unwrittenOutcomes.removeFirst();
            unwrittenInKnown = Math.max(0, unwrittenInKnown - 1);
            uncertainCount = Math.max(0, uncertainCount - 1);
        }
    }

    /** Nothing is granted that could not be written. */
    private static Denied notNow() {
        return new Denied(MIN_CONTENTION_WAIT, DenialReason.PACED);
    }

    private Duration randomWait(Duration most) {
        return most.isPositive() ? Duration.ofNanos(random.nextLong(most.toNanos() + 1)) : Duration.ZERO;
    }

    private static Duration doubled(Duration apart) {
        Duration twice = apart.isPositive() ? apart.multipliedBy(2) : MIN_CONTENTION_WAIT;
        return twice.compareTo(MAX_CONTENTION_WAIT) < 0 ? twice : MAX_CONTENTION_WAIT;
    }

    private static Duration halved(Duration apart) {
        return apart.compareTo(MIN_CONTENTION_WAIT) > 0 ? apart.dividedBy(2) : Duration.ZERO;
    }
}
