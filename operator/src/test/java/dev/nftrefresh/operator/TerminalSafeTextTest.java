package dev.nftrefresh.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TerminalSafeTextTest {
    @Test
    void removesEverythingThatMovesTheCursorOrReversesTheLine() {
        // An escape sequence, its one-character form of C1, a title, a line end, and two of bidirectional text.
        assertThat(TerminalSafeText.line("a\u001B[2Jb\u009B2Jc\u001B]0;x\u0007d\r\ne\u202Ef\u2066g"))
                .isEqualTo("a\uFFFD[2Jb\uFFFD2Jc\uFFFD]0;x\uFFFDd\uFFFD\uFFFDe\uFFFDf\uFFFDg");
    }

    @Test
    void leavesEveryLetterAsItIs() {
        String text = "Schwert é 剣 سيف חרב \uD83D\uDDE1 $1 \\u0041";

        assertThat(TerminalSafeText.line(text)).isEqualTo(text);
        assertThat(TerminalSafeText.json(text)).isEqualTo(text);
    }

    @Test
    void escapesInJsonSoThatItSaysTheSame() throws JsonProcessingException {
        String json = "{\n  \"detail\": \"a\u009B2Jb\u202Ec\uDB40\uDC01\"}";

        String shown = TerminalSafeText.json(json);

        assertThat(shown).isEqualTo("{\n  \"detail\": \"a\\u009b2Jb\\u202ec\\udb40\\udc01\"}");
        assertThat(new ObjectMapper().readTree(shown)).isEqualTo(new ObjectMapper().readTree(json));
    }
}
