package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotesTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        var notes = new Notes();
        notes.put("at", Instant.parse("2026-11-23T10:00:00.123456789Z"));
        notes.put("said", "a \"b\"\n\u00e9");
        notes.put("count", 7);

        Notes read = Notes.of(notes.text());

        assertThat(read.text()).isEqualTo(notes.text());
        assertThat(read.instant("at")).isEqualTo("2026-11-23T10:00:00.123456789Z");
        assertThat(read.count("count")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[\"a\"]",
                "{\"a\":\"b\"",
                "{\"a\":\"b\"} {}",
                "{\"a\":\"b\",\"c\":{\"d\":\"e\"}}",
                "{\"a\":\"b\",\"c\":7}",
                "{\"a\":\"b\",\"c\":null}"
            })
    void whatIsNoObjectOfTextsSaysNothing(String text) {
        assertThat(Notes.of(text).text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999999999Z", "9999-01-01T00:00:00.000000001Z", "yesterday"})
    void aTimeFromWhichNoWaitCanBeReckonedIsNone(String text) {
        var notes = new Notes();
        notes.put("at", text);

        assertThatThrownBy(() -> notes.instant("at")).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000001", "4294967297"})
    void aNumberOfNoThingsIsNoCount(String text) {
        var notes = new Notes();
        notes.put("count", text);

        assertThatThrownBy(() -> notes.count("count")).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000001", "-1000000000000001", "9223372036854775807"})
    void aNumberToWhichNothingCouldBeAddedIsNone(String text) {
        var notes = new Notes();
        notes.put("number", text);

        assertThatThrownBy(() -> notes.number("number")).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT0.000000001S", "PT720H0.000000001S", "PT2562047788015215H"})
    void aDurationThatNothingTakesIsNone(String text) {
        var notes = new Notes();
        notes.put("takes", text);

        assertThatThrownBy(() -> notes.duration("takes")).isInstanceOf(DateTimeException.class);
    }
}
