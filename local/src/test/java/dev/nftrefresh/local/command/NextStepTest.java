package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.local.flow.LocalFlowSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a run of the samples proposes to do next is nothing that was just done. */
class NextStepTest {
    private static String after(@Nullable URI api, StandInSettings standIn) {
        return RunCommand.nextStep(new LocalFlowSettings(api, "key", standIn, 2, 10, Duration.ofSeconds(5), 50));
    }

    @Test
    void proposesALimitToWhoRanWithoutOne() {
        assertThat(after(null, StandInSettings.UNLIMITED)).contains("./nft-refresh run --limit 1 --window 5");
    }

    @Test
    void proposesABulkFileToWhoHasSeenALimit() {
        assertThat(after(null, StandInSettings.perWindow(4, Duration.ofSeconds(8))))
                .isEqualTo("load a bulk file (docs/bulk.md explains how)");
    }

    @Test
    void proposesNoLimitOfTheStandInToWhoRanAgainstAnotherApi() {
        assertThat(after(URI.create("https://api.example.com"), StandInSettings.UNLIMITED))
                .doesNotContain("--limit");
    }
}
