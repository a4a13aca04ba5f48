package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.DelegatingTokenLedger;
import dev.nftrefresh.ledger.TableTokenLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateVersion;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * While a search for a refused token runs, another copy sends a newer update of one of its tokens, which is accepted.
 */
class SupersededDuringSearchTest {
    private static final String REFUSED = "240";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final AtomicInteger requests = new AtomicInteger();
    private @Nullable PassRunner run;

    /** A full request of updates that were delivered before. */
    @Test
    void everyOtherTokenOfTheSearchIsStillSettled() {
        PassRunner runner = new PassRunner(request -> {
            List<String> ids = request.tokenIds();
            if (requests.incrementAndGet() == 2) {
                acceptNewer(Integer.toString(Integer.parseInt(ids.getLast()) + 2));
            }
            return ids.contains(REFUSED) ? ScriptedApi.REFUSED : ScriptedApi.ACCEPTED;
        });
        run = runner;
        var queued = new QueuedUpdateBuilder(runner.now());
        for (int id = 0; id < 250; id++) {
            queued.addAged(SWORDS, Integer.toString(id), Duration.ofMinutes(30), 2);
        }

        var outcomes = runner.later(Duration.ofSeconds(1)).over(queued.updates());

        assertThat(queued.updates())
                .allSatisfy(update -> assertThat(outcomes.apply(update))
                        .isInstanceOfAny(
                                TokenOutcome.Accepted.class,
                                TokenOutcome.Superseded.class,
                                TokenOutcome.Rejected.class));
        assertThat(queued.updates().stream()
                        .filter(update -> outcomes.apply(update) instanceof TokenOutcome.Rejected)
                        .map(update -> update.token().key().tokenId()))
                .containsExactly(REFUSED);
        assertThat(requests).hasValueLessThanOrEqualTo(13);
    }

    /** SQS delivers twice: the other copy has the same message, and is faster. */
    @Test
    void whatAnotherCopySettledIsNotClaimedTokenByToken() {
        var queued = new ArrayList<QueuedUpdate>();
        PassRunner runner = new PassRunner(request -> {
            if (requests.incrementAndGet() == 20) {
                accept(queued.subList(60, 250).stream().map(QueuedUpdate::token).toList());
            }
            // Half of them are refused, so that the search tries one by one.
            return request.tokenIds().stream().anyMatch(id -> Integer.parseInt(id) % 2 == 0)
                    ? ScriptedApi.REFUSED
                    : ScriptedApi.ACCEPTED;
        });
        run = runner;
        var claims = new ClaimCountingLedger(runner.ledger);
        runner.ledger = claims;
        var message = new QueuedUpdateBuilder(runner.now());
        for (int id = 0; id < 250; id++) {
            queued.add(message.addAged(SWORDS, Integer.toString(id), Duration.ofMinutes(30), 2));
        }

        var outcomes = runner.over(message.updates());

        assertThat(queued.subList(60, 250))
                .allSatisfy(
                        update -> assertThat(outcomes.apply(update)).isInstanceOf(TokenOutcome.AcceptedBefore.class));
        assertThat(claims.count).isLessThanOrEqualTo(runner.api.requests().size() + 1);
    }

    /** What it has learned of the others stays: they need not be returned, and tried one by one. */
    @Test
    void aSearchGoesOnWhereItsTokensCannotBeLookedUp() {
        var queued = new ArrayList<QueuedUpdate>();
        PassRunner runner = new PassRunner(request -> {
            if (requests.incrementAndGet() == 20) {
                accept(queued.subList(60, 62).stream().map(QueuedUpdate::token).toList());
            }
            return request.tokenIds().stream().anyMatch(id -> Integer.parseInt(id) % 2 == 0)
                    ? ScriptedApi.REFUSED
                    : ScriptedApi.ACCEPTED;
        });
        run = runner;
        var ledger = new ClaimCountingLedger(runner.ledger);
        ledger.isUnreadable = () -> requests.get() >= 20;
        runner.ledger = ledger;
        var message = new QueuedUpdateBuilder(runner.now());
        for (int id = 0; id < 80; id++) {
            queued.add(message.addAged(SWORDS, Integer.toString(id), Duration.ofMinutes(30), 2));
        }

        var outcomes = runner.over(message.updates());

        assertThat(queued)
                .noneSatisfy(update -> assertThat(outcomes.apply(update)).isInstanceOf(TokenOutcome.Returned.class));
    }

    private static final class ClaimCountingLedger implements DelegatingTokenLedger {
        private final TokenLedger ledger;
        private int count;
        private BooleanSupplier isUnreadable = () -> false;

        ClaimCountingLedger(TokenLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public TokenLedger ledger() {
            return ledger;
        }

        @Override
        public List<ClaimResult> preview(List<TokenUpdate> tokens, Instant now, Duration timeout) {
            return isUnreadable.getAsBoolean()
                    ? tokens.stream().<ClaimResult>map(_ -> new Unavailable()).toList()
                    : ledger.preview(tokens, now, timeout);
        }

        @Override
        public List<ClaimResult> claim(
                String request,
                boolean fromWaitingUpdates,
                List<TokenUpdate> tokens,
                Instant now,
                Instant leaseEnd,
                Duration timeout) {
            count++;
            return DelegatingTokenLedger.super.claim(request, fromWaitingUpdates, tokens, now, leaseEnd, timeout);
        }
    }

    private void acceptNewer(String tokenId) {
        PassRunner runner = Objects.requireNonNull(run);
        Instant now = runner.now();
        byte[] json =
                "{\"token_id\":\"%s\",\"name\":\"newer\"}".formatted(tokenId).getBytes(StandardCharsets.UTF_8);
        var token = new TokenJson(json, 0, json.length);
        var update = new TokenUpdate(
                new TokenKey(SWORDS, tokenId), new UpdateVersion(now.plusSeconds(1), token.hash()), token);
        accept(List.of(update));
    }

    private void accept(List<TokenUpdate> updates) {
        PassRunner runner = Objects.requireNonNull(run);
        Instant now = runner.now();
        var other = new TableTokenLedger(
                runner.memory(), _ -> {}, Duration.ZERO, Duration.ZERO, Clock.fixed(now, ZoneOffset.UTC));
        other.claim("other/0", false, updates, now, now.plusSeconds(10), TIMEOUT);
        other.recordOutcome("other/0", new TokenLedger.Accepted(), now, TIMEOUT);
    }
}
