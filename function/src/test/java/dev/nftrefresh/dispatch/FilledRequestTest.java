package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.DelegatingTokenLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request that loses a token to another copy, after both have looked it up, is filled with one of a later request. */
final class FilledRequestTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final PassRunner run = new PassRunner(_ -> ScriptedApi.ACCEPTED);

    @Test
    void aTokenThatFailedOftenFillsNoRequestOfOthers() {
        var queued = new QueuedUpdateBuilder(run.now());
        for (int id = 0; id < 500; id++) {
            queued.addAged(SWORDS, Integer.toString(id), Duration.ofMinutes(30), 2);
        }
        List<QueuedUpdate> updates = queued.updates();
        failOften(updates.get(250).token());
        run.ledger = new RacedLedger(run.ledger, updates.getFirst().token());

        run.over(updates);

        assertThat(run.api.requests())
                .filteredOn(request -> request.tokenIds().contains("250"))
                .singleElement()
                .satisfies(request -> assertThat(request.tokenIds()).hasSizeLessThan(250));
    }

    private void failOften(TokenUpdate token) {
        for (int i = 0; i < TokenLedger.SUSPICIOUS_FAILURES; i++) {
            Instant now = run.now();
            run.ledger.claim("failed-" + i, false, List.of(token), now, now.plusSeconds(5), TIMEOUT);
            run.ledger.recordOutcome("failed-" + i, new TokenLedger.NotApplied(true), now, TIMEOUT);
        }
    }

    /** Another copy claims this token just before the first claim. */
    private static final class RacedLedger implements DelegatingTokenLedger {
        private final TokenLedger ledger;
        private final TokenUpdate raced;
        private boolean isRaced;

        RacedLedger(TokenLedger ledger, TokenUpdate raced) {
            this.ledger = ledger;
            this.raced = raced;
        }

        @Override
        public TokenLedger ledger() {
            return ledger;
        }

        @Override
        public List<ClaimResult> claim(
                String request,
                boolean fromWaitingUpdates,
                List<TokenUpdate> tokens,
                Instant now,
                Instant leaseEnd,
                Duration timeout) {
            if (!isRaced) {
                isRaced = true;
                ledger.claim("another", false, List.of(raced), now, leaseEnd, timeout);
            }
            return ledger.claim(request, fromWaitingUpdates, tokens, now, leaseEnd, timeout);
        }
    }
}
