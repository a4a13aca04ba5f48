package dev.nftrefresh.local.simulation;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** The function's own parts, each with one idea switched off. */
final class DisabledIdeas {
    private DisabledIdeas() {}

    /** Nobody knows before a claim what became of a token that was delivered before. */
    record LedgerWithoutLook(TokenLedger ledger) implements TokenLedger {
        @Override
        public List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout) {
            return new NaiveLedger().preview(tokens, now, timeout);
        }

        @Override
        public List<ClaimResult> claim(
                String request,
                boolean fromWaitingUpdates,
                List<TokenUpdate> tokens,
                Instant now,
                Instant leaseEnd,
                Duration timeout) {
            return ledger.claim(request, fromWaitingUpdates, tokens, now, leaseEnd, timeout);
        }

        @Override
        public boolean recordOutcome(String request, RequestOutcome end, Instant now, Duration timeout) {
            return ledger.recordOutcome(request, end, now, timeout);
        }
    }

    /** An unchanged rate limiter. */
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

    /** Everything left of an event returns together, when the first of it may be sent. */
    record RateLimiterWithoutGroups(RateLimiter limiter) implements DelegatingRateLimiter {
        @Override
        public List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout) {
            return requests.isEmpty()
                    ? List.of()
                    : Collections.nCopies(
                            requests.size(),
                            limiter.scheduleReturns(requests.subList(0, 1), now, timeout)
                                    .getFirst());
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
}
