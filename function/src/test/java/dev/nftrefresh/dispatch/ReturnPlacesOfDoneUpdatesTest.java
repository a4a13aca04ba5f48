package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.TokenOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates that were accepted but not deleted come back while the quota is closed: they need no place in the line. */
final class ReturnPlacesOfDoneUpdatesTest {
    private static final long LIMIT = 10;
    private static final Duration WINDOW = Duration.ofHours(1);

    private long remaining = LIMIT;
    private final PassRunner run = new PassRunner(this::answer);
    private Instant reset = run.now().plus(WINDOW);

    private RefreshOutcome answer(ScriptedApi.ReceivedRequest request) {
        while (!run.now().isBefore(reset)) {
            reset = reset.plus(WINDOW);
            remaining = LIMIT;
        }
        if (remaining == 0) {
            return new RefreshOutcome.Throttled(
                    new ReportedQuota(LIMIT, 0L, reset, Duration.between(run.now(), reset), List.of()),
                    new ApiErrorResponse(429, "TOO_MANY_REQUESTS_ERROR", null, "trace-429"));
        }
        remaining--;
        return new RefreshOutcome.Accepted(
                new ReportedQuota(LIMIT, remaining, reset, Duration.between(run.now(), reset), List.of()));
    }

    private static Duration wait(TokenOutcome outcome) {
        return outcome instanceof TokenOutcome.Returned(Duration retryIn) ? retryIn : Duration.ZERO;
    }

    private QueuedUpdateBuilder updates(int first, Duration age, int attempts) {
        var queued = new QueuedUpdateBuilder(run.now());
        Instant made = Instant.parse("2026-11-01T00:00:00Z");
        for (int i = first; i < first + LIMIT * 250; i++) {
            queued.addAgedMadeAt(SWORDS, Integer.toString(i), age, attempts, made);
        }
        return queued;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsNewNeedNotWaitBehindThem(boolean areRedelivered) {
        List<QueuedUpdate> first = updates(0, Duration.ZERO, 1).updates();
        var accepted = run.over(first);
        assertThat(first)
                .allSatisfy(update -> assertThat(accepted.apply(update)).isEqualTo(new TokenOutcome.Accepted()));

        run.later(Duration.ofMinutes(11)); // Lambda's answer was lost: all come back after the queue's own timeout
        if (areRedelivered) {
            run.over(updates(0, Duration.ofMinutes(11), 2).updates());
        }
        List<QueuedUpdate> fresh = updates(100_000, Duration.ZERO, 1).updates();
        var outcomes = run.over(fresh);

        assertThat(fresh.stream()
                        .map(outcomes)
                        .map(ReturnPlacesOfDoneUpdatesTest::wait)
                        .max(Duration::compareTo))
                .hasValueSatisfying(wait -> assertThat(wait).isLessThan(Duration.ofMinutes(60)));
    }
}
