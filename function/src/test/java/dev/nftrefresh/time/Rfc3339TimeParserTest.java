package dev.nftrefresh.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Rfc3339TimeParserTest {
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    @Test
    void readsWhateverAnInstantWrites() {
        SeededProperty.of("what an instant writes is read as that instant").check(choices -> {
            Instant time =
                    Instant.ofEpochSecond(choices.between(-62_167_219_200L, LAST.getEpochSecond()), nanos(choices));

            assertThat(Rfc3339TimeParser.parse(time.toString())).isEqualTo(time);
        });
    }

    private static int nanos(ChoiceSequence choices) {
        int unit = choices.oneOf(1_000_000_000, 1_000_000, 1_000, 1);
        return unit == 1_000_000_000 ? 0 : unit * choices.between(0, 999_999_999 / unit);
    }

    /** One character of a good text is another one, or is missing. */
    @Test
    void readsWhatTheFormatterReadsIfItHasThisFormat() {
        SeededProperty.of("the formatter and the form decide").tries(20_000).check(choices -> {
            String good = choices.oneOf(
                    "2026-11-23T10:00:00Z",
                    "2024-02-29T23:59:59.123456789Z",
                    "2026-12-31T23:59:60Z",
                    "2026-11-23t10:00:00.5z",
                    "2026-11-23T11:30:00+01:30");
            int at = choices.below(good.length());
            String other = choices.oneOf("0", "1", "2", "3", "6", "9", "-", "+", ":", ".", "T", "Z", " ", "/", "٣", "");
            String text = good.substring(0, at) + other + good.substring(at + 1);

            assertThat(read(text)).as(text).isEqualTo(Rfc3339TimeParser.isForm(text) ? formatted(text) : null);
        });
    }

    private static @Nullable Instant read(String text) {
        try {
            return Rfc3339TimeParser.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable Instant formatted(String text) {
        try {
            return DateTimeFormatter.ISO_INSTANT.parse(text, Instant::from);
        } catch (DateTimeException _) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-23",
                "2026-11-23T10:00Z",
                "2026-11-23T24:00:00Z",
                "2026-02-29T10:00:00Z",
                "2026-11-31T10:00:00Z",
                "2026-00-23T10:00:00Z",
                "2026-11-23T10:60:00Z",
                "2026-11-23T10:00:61Z",
                "2026-11-23T10:00:00.Z",
                "2026-11-23T10:00:00.1234567890Z",
                "2026-11-23T10:00:00,5Z",
                "+2026-11-23T10:00:00Z",
                "-026-11-23T10:00:00Z",
                "2026-11-23T10:00:00+01:30:15",
                "20261-11-23T10:00:00Z"
            })
    void rejectsAnyOtherText(String text) {
        assertThatThrownBy(() -> Rfc3339TimeParser.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
