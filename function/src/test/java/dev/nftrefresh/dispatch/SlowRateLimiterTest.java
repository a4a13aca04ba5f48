package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.ratelimit.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The table may take seconds for a step of the rate limiter. */
class SlowRateLimiterTest {
    @Test
    void aPassToldToWaitEndsInTimeAlthoughTheAnswerTookLong() {
        var run = new PassRunner(_ -> ScriptedApi.ACCEPTED).withRemainingTime(Duration.ofSeconds(12));
        run.withGate(new SlowRateLimiter(run, Duration.ofSeconds(8), Duration.ofMillis(4_900)));
        Instant end = run.now().plusSeconds(12);
        var queued = new QueuedUpdateBuilder(run.now());
        QueuedUpdate update = queued.add(SWORDS, "1");

        Function<QueuedUpdate, TokenOutcome> tokenOutcomes = run.over(queued.updates());

        assertThat(tokenOutcomes.apply(update)).isInstanceOf(TokenOutcome.Returned.class);
        assertThat(run.now()).isBefore(end.minusSeconds(2));
    }

    /** A rate limiter whose answer takes that long and requests that wait. */
    private record SlowRateLimiter(PassRunner run, Duration takes, Duration retryIn) implements RateLimiter {
        @Override
        public PermitDecision tryAcquire(PermitRequest request, Instant now, Duration timeout) {
            run.later(takes);
            return new Denied(retryIn, DenialReason.PACED);
        }

        @Override
        public int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now, Duration timeout) {
            throw new IllegalStateException("Nothing was granted.");
        }

        @Override
        public void releaseUnused(Permit permit, Instant now, Duration timeout) {
            throw new IllegalStateException("Nothing was granted.");
        }

        @Override
        public List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout) {
            return requests.stream().map(_ -> retryIn).toList();
        }

        @Override
        public Duration reserveSendTime(PermitRequest request, Instant now, Duration timeout) {
            return retryIn;
        }

        @Override
        public ApiHealth health(Instant now, Duration timeout) {
            return new ApiHealth(0, null, null);
        }
    }
}
