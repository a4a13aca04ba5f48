package dev.nftrefresh.local.simulation;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.batch.RemainingCapacity;
import dev.nftrefresh.ledger.DelegatingTokenLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.ItemKey;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.SharedTable.WriteResult;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The function's own parts, each with one idea switched off. */
final class DisabledIdeas {
    /** Where the limiter keeps what it knows. */
    private static final ItemKey QUOTA = new ItemKey("gate", "quota");

    private static final Duration KEPT = Duration.ofDays(15);

    private DisabledIdeas() {}

    /** Nobody knows before a claim what became of a token that was delivered before. */
    record LedgerWithoutPreview(TokenLedger ledger) implements DelegatingTokenLedger {
        @Override
        public List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout) {
            return new NaiveLedger().preview(tokens, now, timeout);
        }
    }

    /** A rate limiter that is as it is. */
    interface DelegatingRateLimiter extends RateLimiter {
        RateLimiter limiter();

        @Override
        default PermitDecision tryAcquire(PermitRequest request, Instant now, Duration timeout) {
            return limiter().tryAcquire(request, now, timeout);
        }

        @Override
        default int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now, Duration timeout) {
            return limiter().recordOutcome(permit, outcome, now, timeout);
        }

        @Override
        default void releaseUnused(Permit permit, Instant now, Duration timeout) {
            limiter().releaseUnused(permit, now, timeout);
        }

        @Override
        default List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout) {
            return limiter().scheduleReturns(requests, now, timeout);
        }

        @Override
        default Duration reserveSendTime(PermitRequest request, Instant now, Duration timeout) {
            return limiter().reserveSendTime(request, now, timeout);
        }

        @Override
        default ApiHealth health(Instant now, Duration timeout) {
            return limiter().health(now, timeout);
        }
    }

    /**
     * All that is left comes back as soon as the quota may have something again, as if nothing else waited for it.
     *
     * @param table of all copies
     * @param toEmpty makes a limiter as it is deployed, in this table
     */
    record RateLimiterWithoutReturnTimes(
            RateLimiter limiter, SharedTable table, Function<SharedTable, RateLimiter> toEmpty)
            implements DelegatingRateLimiter {
        private static final Pattern QUEUED = Pattern.compile(",?\"[a-z_]*line\\.[a-z_]+\":\"[^\"]*\"");

        @Override
        public List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout) {
            if (requests.isEmpty()) {
                return List.of();
            }
            Duration first = withoutQueues(now, timeout)
                    .scheduleReturns(requests.subList(0, 1), now, timeout)
                    .getFirst();
            return Collections.nCopies(requests.size(), first);
        }

        /** One that knows the same of the quota; what it schedules nobody else knows. */
        private RateLimiter withoutQueues(Instant now, Duration timeout) {
            var aside = new InMemoryTable();
            TableItem item = table.read(List.of(QUOTA), timeout).found().get(QUOTA);
            if (item != null) {
                String content = QUEUED.matcher(item.content()).replaceAll("");
                List<WriteResult> _ =
                        aside.write(List.of(new ConditionalWrite(QUOTA, null, content, now.plus(KEPT))), timeout);
            }
            return toEmpty.apply(aside);
        }
    }

    /**
     * Those who would come back together come one after the other.
     *
     * @param each how far apart
     */
    record RateLimiterWithoutReturnGroups(RateLimiter limiter, Duration each) implements DelegatingRateLimiter {
        @Override
        public List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout) {
            var ahead = new HashMap<Duration, Integer>();
            var apart = new ArrayList<Duration>();
            for (Duration together : limiter.scheduleReturns(requests, now, timeout)) {
                apart.add(together.plus(each.multipliedBy(ahead.merge(together, 1, Integer::sum) - 1L)));
            }
            return apart;
        }
    }

    /** A partly filled request goes at once, like a full one. */
    record RateLimiterWithoutEvenSpending(RateLimiter limiter) implements DelegatingRateLimiter {
        @Override
        public PermitDecision tryAcquire(PermitRequest request, Instant now, Duration timeout) {
            return limiter.tryAcquire(
                    new PermitRequest(request.collection(), request.tokens(), true, request.isSearch(), request.lane()),
                    now,
                    timeout);
        }
    }

    /** A request of a search goes like any other. */
    record RateLimiterWithoutSearchShare(RateLimiter limiter) implements DelegatingRateLimiter {
        private static PermitRequest ordinary(PermitRequest request) {
            return new PermitRequest(
                    request.collection(),
                    request.tokens(),
                    request.isFull(),
                    false,
                    request.lane(),
                    request.waitsForOthers(),
                    request.isFilledUp(),
                    request.reservedSendTime(),
                    request.maximumHiddenTime());
        }

        @Override
        public PermitDecision tryAcquire(PermitRequest request, Instant now, Duration timeout) {
            return limiter.tryAcquire(ordinary(request), now, timeout);
        }

        @Override
        public List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout) {
            return limiter.scheduleReturns(
                    requests.stream()
                            .map(RateLimiterWithoutSearchShare::ordinary)
                            .toList(),
                    now,
                    timeout);
        }
    }

    /** Nobody knows that the API fails: each pass tries all that it has, as after a first failure. */
    record RateLimiterWithoutProbe(RateLimiter limiter) implements DelegatingRateLimiter {
        @Override
        public int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now, Duration timeout) {
            return Math.min(1, limiter.recordOutcome(permit, outcome, now, timeout));
        }

        @Override
        public ApiHealth health(Instant now, Duration timeout) {
            return new ApiHealth(0, null, limiter.health(now, timeout).lastAccepted());
        }
    }

    /**
     * Each 429 in a row counts as the second one. What the deployed limiter has counted is corrected where it keeps it.
     *
     * @param table of all copies
     */
    record RateLimiterWithoutBackoff(RateLimiter limiter, SharedTable table) implements DelegatingRateLimiter {
        private static final Pattern COUNT = Pattern.compile("\"(throttled\\.(?:asked_)?in_a_row)\":\"[1-9][0-9]*\"");

        @Override
        public int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now, Duration timeout) {
            int failures = limiter.recordOutcome(permit, outcome, now, timeout);
            if (outcome instanceof RefreshOutcome.Throttled) {
                forget(now, timeout);
            }
            return failures;
        }

        private void forget(Instant now, Duration timeout) {
            TableItem item = table.read(List.of(QUOTA), timeout).found().get(QUOTA);
            if (item != null) {
                String forgotten = COUNT.matcher(item.content()).replaceAll("\"$1\":\"1\"");
                List<WriteResult> _ =
                        table.write(List.of(new ConditionalWrite(QUOTA, item, forgotten, now.plus(KEPT))), timeout);
            }
        }
    }

    /** Updates wait for others, and nobody knows when the request of their collection may go. */
    record StoreWithoutReservedTimes(WaitingUpdateStore store) implements WaitingUpdateStore {
        @Override
        public WaitingUpdates find(CollectionId collection, Duration timeout) {
            return new WithoutReservedTime(store.find(collection, timeout));
        }

        @Override
        public void add(
                List<TokenUpdate> updates,
                WaitingUpdates waitingUpdates,
                Instant reservedSendTime,
                Instant now,
                Duration timeout) {
            store.add(updates, waitingUpdates, reservedSendTime, now, timeout);
        }

        @Override
        public WaitingUpdateStore ofSeparateRequests() {
            return new StoreWithoutReservedTimes(store.ofSeparateRequests());
        }

        private record WithoutReservedTime(WaitingUpdates waiting) implements WaitingUpdates {
            @Override
            public List<TokenUpdate> updates() {
                return waiting.updates();
            }

            @Override
            public @Nullable Instant reservedSendTime() {
                return null;
            }

            @Override
            public List<TokenUpdate> take(RemainingCapacity capacity, Predicate<TokenUpdate> isOpen, Duration timeout) {
                return waiting.take(capacity, isOpen, timeout);
            }
        }
    }
}
