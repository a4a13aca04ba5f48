package dev.nftrefresh.operator.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {
    @Test
    void wordsGoIntoLinesThatBeginUnderTheFirst() {
        assertThat(Paragraph.of("  details  ", "Token 1 has no name. Token 2 has no name.", 30)).isEqualTo("""
                  details  Token 1 has no
                           name. Token 2 has
                           no name.
                """);
    }

    @Test
    void aWordThatIsLongerThanALineStandsAlone() {
        assertThat(Paragraph.of("", "of 0x8a90cab2b38dba80c64b7734e58ee1db38b8992e here", 20)).isEqualTo("""
                of
                0x8a90cab2b38dba80c64b7734e58ee1db38b8992e
                here
                """);
    }

    @Test
    void whatCouldMoveTheCursorIsReplaced() {
        assertThat(Paragraph.of("", "a\u001B[2Jb\nc", 80)).isEqualTo("a\uFFFD[2Jb\uFFFDc\n");
    }
}
