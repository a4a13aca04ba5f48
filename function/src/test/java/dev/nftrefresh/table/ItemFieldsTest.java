package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFieldsTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        var fields = new ItemFields();
        fields.put("at", Instant.parse("2026-11-23T10:00:00.123456789Z"));
        fields.put("said", "a \"b\"\n\u00e9");
        fields.put("count", 7);

        ItemFields read = ItemFields.of(fields.text());

        assertThat(read.text()).isEqualTo(fields.text());
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
    void anythingButAnObjectOfTextsIsIgnored(String text) {
        assertThat(ItemFields.of(text).text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999999999Z", "9999-01-01T00:00:00.000000001Z", "yesterday"})
    void aTimeTooFarAwayToComputeAWaitFromIsIgnored(String text) {
        var fields = new ItemFields();
        fields.put("at", text);

        assertThatThrownBy(() -> fields.instant("at")).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000001", "4294967297"})
    void aNegativeCountIsIgnored(String text) {
        var fields = new ItemFields();
        fields.put("count", text);

        assertThatThrownBy(() -> fields.count("count")).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000001", "-1000000000000001", "9223372036854775807"})
    void aNumberTooLargeToAddToIsIgnored(String text) {
        var fields = new ItemFields();
        fields.put("number", text);

        assertThatThrownBy(() -> fields.number("number")).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT0.000000001S", "PT720H0.000000001S", "PT2562047788015215H"})
    void anImpossibleDurationIsIgnored(String text) {
        var fields = new ItemFields();
        fields.put("takes", text);

        assertThatThrownBy(() -> fields.duration("takes")).isInstanceOf(DateTimeException.class);
    }
}
