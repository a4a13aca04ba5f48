package dev.nftrefresh.local.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.adversary.ApiPlan.RefusalHint;
import dev.nftrefresh.local.adversary.PlannedMessage.VersionPlace;
import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The search for the refused tokens of one collection never costs the others more than a fifth of the quota. */
class RefusedTokensBesideOthersTest {
    private static final int FULL = 250;
    private static final int CLEAN = 100;
    private static final int WITH_REFUSED = 4;
    /** Of the tokens of the other collection. */
    private static final int ONE_OF_SO_MANY_IS_REFUSED = 5;

    @ParameterizedTest
    @EnumSource(
            value = QuotaRefill.class,
            names = {"STEADY", "WINDOW"})
    void aCleanCollectionIsDoneLittleLaterBesideOneOfWhichAFifthIsRefused(QuotaRefill refill) {
        Duration alone = cleanDoneAfter(refill, 0);
        Duration beside = cleanDoneAfter(refill, WITH_REFUSED);

        System.out.printf(
                "Clean collection, %s: done after %d s alone, %d s beside refused tokens (%.2f)%n",
                refill, alone.toSeconds(), beside.toSeconds(), (double) beside.toMillis() / alone.toMillis());
        assertThat(beside).isLessThanOrEqualTo(alone.multipliedBy(5).dividedBy(4));
    }

    private static Duration cleanDoneAfter(QuotaRefill refill, int withRefused) {
        var messages = new ArrayList<PlannedMessage>();
        for (int i = 0; i < CLEAN; i++) {
            messages.add(message(0, i, false));
        }
        for (int i = 0; i < withRefused; i++) {
            messages.add(message(1, i, true));
        }
        var api = new ApiPlan(
                40,
                Duration.ofMinutes(2),
                refill,
                StandInQuotaUnit.REQUEST,
                0,
                QuotaFormat.AS_SEEN,
                List.of(),
                0,
                Duration.ZERO,
                RefusalHint.NONE,
                false,
                false,
                null);
        var faults =
                new FaultPlan(1, api, List.of(), CopyPlan.steady(2), new QueuePlan(0, 0, 0, 0, List.of(), null, null));

        HistoryRun.HistoryOutcome outcome = HistoryRun.of(
                new HistoryPlan(new ProducerPlan(2, messages, List.of()), faults, HistoryBounds.NONE), null);

        assertThat(outcome.findings()).isEmpty();
        return Duration.between(VirtualTime.START, outcome.applied().lastOf(0));
    }

    private static PlannedMessage message(int collection, int number, boolean withRefused) {
        var tokens = new ArrayList<PlannedToken>();
        for (int i = 0; i < FULL; i++) {
            boolean refused = withRefused && i % ONE_OF_SO_MANY_IS_REFUSED == 0;
            tokens.add(new PlannedToken(number * FULL + i, refused ? TokenFault.REFUSED : TokenFault.NONE));
        }
        return new PlannedMessage(
                Duration.ZERO,
                collection,
                tokens,
                VersionPlace.MESSAGE,
                Duration.ofMinutes(1),
                1,
                HostileContent.NONE,
                false,
                false,
                0,
                0,
                Duration.ZERO);
    }
}
