package dev.nftrefresh.local.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import org.junit.jupiter.api.Test;

/** What holds in every history. */
class AdversaryTest {
    @Test
    void noHistoryLosesUndoesStarvesOrBurns() {
        SeededProperty.of("no history loses, undoes, starves or burns").check(choices -> {
            HistoryPlan plan = HistoryPlan.drawn(choices);
            assertThat(History.of(plan, null).findings()).isEmpty();
        });
    }
}
