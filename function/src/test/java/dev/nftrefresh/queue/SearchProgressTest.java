package dev.nftrefresh.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchProgressTest {
    @Test
    void itIsReadAsItWasWritten() {
        var progress = new SearchProgress(true, 120, 3, 1, 12, true);

        assertThat(progress.text()).isEqualTo("refused=1 accepted=120 alone=3 row=1 spare=12 wrong=1");
        assertThat(SearchProgress.of(progress.text())).isEqualTo(progress);
        assertThat(SearchProgress.of(SearchProgress.BEGUN.text())).isEqualTo(SearchProgress.BEGUN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "refused=1",
                "refused=2 accepted=0 alone=0 row=0 spare=0 wrong=0",
                "refused=1 accepted=-1 alone=0 row=0 spare=0 wrong=0",
                "refused=1 accepted=0 alone=0 row=0 spare=0 wrong=0 ",
                "refused=1 accepted=1234567890123 alone=0 row=0 spare=0 wrong=0"
            })
    void whatTellsNothingIsASearchThatHasJustBegun(String text) {
        assertThat(SearchProgress.of(text)).isEqualTo(SearchProgress.BEGUN);
    }

    @Test
    void whatComesInFromOutsideIsBounded() {
        assertThat(SearchProgress.of("refused=0 accepted=99999 alone=99999 row=99999 spare=99999 wrong=0"))
                .isEqualTo(new SearchProgress(false, 10_000, 10_000, 10_000, 10_000, false));
    }
}
