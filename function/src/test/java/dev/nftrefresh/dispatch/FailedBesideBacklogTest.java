package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SHIELDS;
import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A few updates of one collection, one request of which fails, beside a backlog of another: 100 requests an hour. */
final class FailedBesideBacklogTest {
    private long remaining = 100;
    private boolean isBroken;
    private final PassRunner run = new PassRunner(this::answer);
    private final Instant reset = run.now().plus(Duration.ofHours(1));

    private RefreshOutcome answer(ScriptedApi.ReceivedRequest request) {
        remaining--;
        boolean breaks = isBroken && request.collection().equals(SHIELDS);
        isBroken &= !breaks;
        return breaks
                ? ScriptedApi.BROKEN
                : new RefreshOutcome.Accepted(
                        new ReportedQuota(100L, remaining, reset, Duration.between(run.now(), reset), List.of()));
    }

    private TokenOutcome few(String token) {
        var queued = new QueuedUpdateBuilder(run.now());
        QueuedUpdate update = queued.add(SHIELDS, token);
        return run.over(queued.updates()).apply(update);
    }

    private void backlog(int requests) {
        var queued = new QueuedUpdateBuilder(run.now());
        queued.addMany(SWORDS, 1, requests * 250);
        run.over(queued.updates());
    }

    @Test
    void anUpdateWhoseRequestFailedOnceHasTheReserveToo() {
        few("1");
        backlog(100);
        run.later(Duration.ofMinutes(4));
        isBroken = true;
        TokenOutcome outcome = few("2");

        assertThat(remaining).isEqualTo(19);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TokenOutcome.Returned.class,
                        returned -> assertThat(returned.retryIn()).isLessThan(Duration.ofMinutes(6)));
        run.later(Duration.ofMinutes(5));
        assertThat(few("3")).isInstanceOf(TokenOutcome.Accepted.class);
    }
}
