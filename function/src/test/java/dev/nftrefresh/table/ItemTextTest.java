package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ItemTextTest {
    private static final @Nullable String NO_TEXT = null;
    private static final @Nullable Instant NO_TIME = null;

    @Test
    void writesFieldsInTheirOrder() {
        String text = new ItemText()
                .put("by", "copy 1")
                .put("until", Instant.parse("2026-11-23T10:00:00.120Z"))
                .put("claimed", Instant.EPOCH, -1)
                .text();

        assertThat(text)
                .isEqualTo("{\"by\":\"copy 1\",\"until\":\"2026-11-23T10:00:00.120Z\","
                        + "\"claimed\":\"1970-01-01T00:00:00Z ffffffffffffffff\"}");
    }

    @Test
    void leavesOutWhatIsNull() {
        assertThat(new ItemText().put("a", NO_TEXT).put("b", NO_TIME).text()).isEqualTo("{}");
        assertThat(new ItemText().put("a", NO_TEXT).put("b", "").text()).isEqualTo("{\"b\":\"\"}");
    }

    /** The first and last plain characters, and those beside them. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "~", "\u007f", "\u001f", "\u0000", "\"", "\\", "a\"b\\c\n", "é", "\ud83d\ude00", "a/b"})
    void isReadAsItWasWritten(String value) {
        String text = new ItemText().put(value, value).put("other", "x").text();

        assertThat(ItemFields.of(text).text(value)).isEqualTo(value);
        assertThat(ItemFields.of(text).text("other")).isEqualTo("x");
    }
}
