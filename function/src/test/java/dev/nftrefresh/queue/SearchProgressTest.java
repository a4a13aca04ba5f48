package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchProgressTest {
    @Test
    void itIsReadAsItWasWritten() {
        var progress = new SearchProgress(2, 40, true, 120, 3, 1, 12, true);

        assertThat(progress.text())
                .isEqualTo("named=2 suspects=40 all=1 accepted=120 refused=3 row=1 spare=12 wrong=1");
        assertThat(SearchProgress.of(progress.text())).isEqualTo(progress);
        assertThat(SearchProgress.of(SearchProgress.BEGUN.text())).isEqualTo(SearchProgress.BEGUN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "named=1",
                "named=1 suspects=0 all=2 accepted=0 refused=0 row=0 spare=0 wrong=0",
                "named=-1 suspects=0 all=0 accepted=0 refused=0 row=0 spare=0 wrong=0",
                "named=1 suspects=0 all=0 accepted=0 refused=0 row=0 spare=0 wrong=0 ",
                "named=1 suspects=1234567890123 all=0 accepted=0 refused=0 row=0 spare=0 wrong=0"
            })
    void anUnreadableValueIsASearchThatHasJustBegun(String text) {
        assertThat(SearchProgress.of(text)).isEqualTo(SearchProgress.BEGUN);
    }

    @Test
    void whatIsKnownOfPlacesHoldsForThoseThatAreLeft() {
        var progress = new SearchProgress(2, 4, true, 120, 3, 1, 12, true);

        assertThat(progress.ofPlaces(List.of(0, 1, 2, 3))).isEqualTo(progress);
        assertThat(progress.ofPlaces(List.of(0, 1, 2, 3, 5))).isEqualTo(progress);
        assertThat(progress.ofPlaces(List.of(1, 2, 3, 4)))
                .as("the refused one may be the one that is gone")
                .isEqualTo(new SearchProgress(1, 0, true, 120, 3, 1, 12, true));
        assertThat(progress.ofPlaces(List.of(2, 4, 5))).isEqualTo(new SearchProgress(0, 0, true, 120, 3, 1, 12, true));
    }

    @Test
    void valuesFromOutsideAreBounded() {
        assertThat(SearchProgress.of(
                        "named=99999 suspects=99999 all=0 accepted=99999 refused=99999 row=99999 spare=99999 wrong=0"))
                .isEqualTo(new SearchProgress(10_000, 10_000, false, 10_000, 10_000, 10_000, 10_000, false));
    }
}
