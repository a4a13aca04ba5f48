package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.Refill;
import dev.nftrefresh.local.simulation.QuotaChange.Becomes;
import dev.nftrefresh.local.simulation.QuotaChange.SpentElsewhere;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to a backlog of three windows, 120 requests an hour, when the quota changes under way. */
class QuotaChangeTest {
    private static final int LIMIT = 120;
    private static final Duration UNDER_WAY = Duration.ofMinutes(61);

    private static Run backlog(Refill refill, QuotaChange change) {
        return Simulation.of(Scenarios.fullMessages(3, LIMIT, refill, 2).with(change), Idea.OURS, 7);
    }

    private static void isDone(Run run, Duration longest, int throttled) {
        assertThat(run.loss()).isEqualTo(new Loss(0, 0, 0));
        assertThat(run.took()).as(Report.row(run)).isLessThan(longest);
        assertThat(run.requests().all() * run.requests().throttledShare())
                .as(Report.row(run))
                .isLessThanOrEqualTo(throttled);
    }

    @ParameterizedTest
    @EnumSource(Refill.class)
    void whatSomebodyElseSpendsIsNoticedInTheNextAnswer(Refill refill) {
        Run run = backlog(refill, new SpentElsewhere(UNDER_WAY, 60));

        // Half a window later: with windows, that is in the next one.
        isDone(run, Duration.ofMinutes(refill == Refill.WINDOW ? 185 : 155), 2);
    }

    @Test
    void aSteadyQuotaThatBecomesSmallerIsNoticedInTheNextAnswers() {
        Run run = backlog(Refill.STEADY, new Becomes(UNDER_WAY, Scenarios.requests(LIMIT / 2, Refill.STEADY)));

        // 240 of 360 have gone by then. The others go at one a minute: a hidden message does not come back for a full
        // bucket.
        isDone(run, Duration.ofMinutes(61 + 120), 2);
    }

    @Test
    void windowsThatBecomeSmallerLeaveNoneUnused() {
        Run run = backlog(Refill.WINDOW, new Becomes(UNDER_WAY, Scenarios.requests(36, Refill.WINDOW)));

        // 240 of 360 have gone by then, and the others take four windows.
        isDone(run, Duration.ofMinutes(61 + 4 * 60), 2);
    }

    @Test
    void windowsThatBecomeASteadyRefillAreNoticed() {
        Run run = backlog(Refill.WINDOW, new Becomes(UNDER_WAY, Scenarios.requests(LIMIT, Refill.STEADY)));

        isDone(run, Duration.ofHours(3), 2);
    }

    @Test
    void aSteadyRefillThatBecomesWindowsIsNoticed() {
        Run run = backlog(Refill.STEADY, new Becomes(UNDER_WAY, Scenarios.requests(LIMIT, Refill.WINDOW)));

        isDone(run, Duration.ofMinutes(125), 2);
    }
}
