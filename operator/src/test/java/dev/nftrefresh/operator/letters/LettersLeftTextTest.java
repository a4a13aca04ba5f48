package dev.nftrefresh.operator.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LettersLeftTextTest {
    @Test
    void saysHowCertainItIsThatAllWereRead() {
        assertThat(LettersLeftText.of(UnreadLetterCounts.NONE))
                .isEqualTo("SQS counts no more letters; its count may lag a minute behind.");
    }

    @Test
    void saysWhatElseMayBeThere() {
        assertThat(LettersLeftText.of(new UnreadLetterCounts(1_200, 3, true)))
                .contains("The time is up", "about 1,200 more", "about 3 more that another reader hides");
    }
}
