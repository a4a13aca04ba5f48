package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.ledger.DelegatingTokenLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.ratelimit.RateLimiter;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.waiting.TableWaitingUpdateStore;
import dev.nftrefresh.waiting.WaitingUpdateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A partly filled request that others would fill waits for the pace of the whole stack, which many copies share. */
class PacedRequestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WaitingUpdateStore waitingStore =
            new TableWaitingUpdateStore(new InMemoryTable(), "copy", Clock.systemUTC());
    private final PassRunner run = new PassRunner(_ -> ScriptedApi.ACCEPTED).withWaitingStore(waitingStore);
    private final LookedUpLedger ledger = new LookedUpLedger(run.ledger);
    private final PacingRateLimiter limiter = new PacingRateLimiter();

    PacedRequestTest() {
        run.ledger = ledger;
        run.withGate(limiter);
    }

    private List<TokenUpdate> wait(int updates) {
        List<TokenUpdate> waiting = new QueuedUpdateBuilder(run.now())
                .addMany(SWORDS, 1_000, updates).stream()
                        .map(QueuedUpdate::token)
                        .toList();
        waitingStore.add(
                waiting, waitingStore.find(SWORDS, PATIENCE), run.now().plusSeconds(3_600), run.now(), PATIENCE);
        return waiting;
    }

    @Test
    void whatWouldFillItIsLookedUpOnceMoreWhenItMayGo() {
        wait(249);
        QueuedUpdate own = new QueuedUpdateBuilder(run.now()).add(SWORDS, "1");

        TokenOutcome outcome = run.over(List.of(own)).apply(own);

        assertThat(outcome).isEqualTo(new TokenOutcome.Accepted());
        assertThat(run.api.requests().getFirst().tokenIds()).hasSize(250);
        assertThat(limiter.paced).isEqualTo(PacingRateLimiter.DENIALS);
        assertThat(ledger.looks).isEqualTo(2);
    }

    @Test
    void itDoesNotGoIfAnotherRequestTookThoseThatWouldFillIt() {
        List<TokenUpdate> waiting = wait(249);
        limiter.whenGranted = () -> {
            ledger.claim("other", false, waiting, run.now(), run.now().plusSeconds(15), PATIENCE);
            ledger.recordOutcome("other", new TokenLedger.Accepted(), run.now(), PATIENCE);
        };
        QueuedUpdate own = new QueuedUpdateBuilder(run.now()).add(SWORDS, "1");

        TokenOutcome outcome = run.over(List.of(own)).apply(own);

        assertThat(outcome).isInstanceOf(TokenOutcome.Returned.class);
        assertThat(run.api.requests()).isEmpty();
        assertThat(limiter.unused).isEqualTo(1);
    }

    /** Spares what is partly filled, and lets what is full go after some waits. */
    private static final class PacingRateLimiter implements RateLimiter {
        private static final int DENIALS = 4;
        private static final Duration MINUTE = Duration.ofMinutes(1);

        private int paced;
        private int unused;
        private Runnable whenGranted = () -> {};

        @Override
        public PermitDecision tryAcquire(PermitRequest request, Instant now, Duration timeout) {
            if (!request.isFilledUp()) {
                return new Denied(MINUTE, DenialReason.PARTLY_FILLED);
            }
            if (paced < DENIALS) {
                paced++;
                return new Denied(Duration.ofMillis(250), DenialReason.PACED);
            }
            whenGranted.run();
            return new Granted(new Permit(1, now, request.tokens()), request.tokens());
        }

        @Override
        public int recordOutcome(Permit permit, RefreshOutcome outcome, Instant now, Duration timeout) {
            return 0;
        }

        @Override
        public void releaseUnused(Permit permit, Instant now, Duration timeout) {
            unused++;
        }

        @Override
        public List<Duration> scheduleReturns(List<PermitRequest> requests, Instant now, Duration timeout) {
            return requests.stream().map(_ -> MINUTE).toList();
        }

        @Override
        public Duration reserveSendTime(PermitRequest request, Instant now, Duration timeout) {
            return MINUTE;
        }

        @Override
        public ApiHealth health(Instant now, Duration timeout) {
            return new ApiHealth(0, null, null);
        }
    }

    /** Counts the looks at more tokens than one. */
    private static final class LookedUpLedger implements DelegatingTokenLedger {
        private final TokenLedger ledger;
        private int looks;

        LookedUpLedger(TokenLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public TokenLedger ledger() {
            return ledger;
        }

        @Override
        public List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout) {
            looks += tokens.size() > 1 ? 1 : 0;
            return ledger.preview(tokens, now, timeout);
        }
    }
}
