package dev.nftrefresh.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.operator.TextReport.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReportTest {
    private static final TerminalOutput WIDE = TerminalOutput.of(false, Map.of());
    private static final TerminalOutput NARROW = TerminalOutput.of(false, Map.of("COLUMNS", "40"));

    @Test
    void alignsLabelsAndWrapsValuesBesideThem() {
        String text = new TextReport(WIDE)
                .row("Quota", "12 of 677 requests left; full again at 15:00 UTC, in 23 min; and some more words")
                .toString();

        assertThat(text).isEqualTo("""
                        Quota         12 of 677 requests left; full again at 15:00 UTC, in 23 min; and
                                      some more words
                        """);
    }

    @Test
    void putsValuesBelowTheirLabelsAndRowsIntoLinesWhereTheTerminalIsNarrow() {
        String text = new TextReport(NARROW)
                .row("Quota", "12 of 677 requests left; full again at 15:00 UTC")
                .table(
                        List.of("Messages", "waiting", "parked or in flight", "oldest"),
                        List.of(List.of("live updates", "12,400", "80", "2 h 10 min")))
                .toString();

        assertThat(text).isEqualTo("""
                        Quota
                          12 of 677 requests left; full again at
                          15:00 UTC
                        live updates
                          waiting 12,400, parked or in flight
                          80, oldest 2 h 10 min
                        """);
    }

    @Test
    void usesColourOnATerminalUnlessItIsNotWanted() {
        String well = "\u001b[32mwell\u001b[0m\n";

        assertThat(written(TerminalOutput.of(true, Map.of()))).isEqualTo(well);
        assertThat(written(TerminalOutput.of(true, Map.of("NO_COLOR", "1")))).isEqualTo("well\n");
        assertThat(written(TerminalOutput.of(true, Map.of("TERM", "dumb")))).isEqualTo("well\n");
        assertThat(written(TerminalOutput.of(false, Map.of()))).isEqualTo("well\n");
    }

    private static String written(TerminalOutput terminal) {
        return new TextReport(terminal).paragraph(Tone.GOOD, "well").toString();
    }

    @Test
    void removesControlCharactersFromOutsideText() {
        assertThat(new TextReport(WIDE).paragraph(Tone.PLAIN, "a\u001b[2Jb").toString())
                .isEqualTo("a\ufffd[2Jb\n");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT59.9S, 59 s",
        "PT60S, 1 min",
        "PT59M40S, 1 h",
        "PT3H10M, 3 h 10 min",
        "PT47H, 47 h",
        "PT52H, 2 days 4 h",
        "PT-5S, 0 s"
    })
    void writesDurationsAsPeopleDo(Duration duration, String words) {
        assertThat(ReadableTime.duration(duration)).isEqualTo(words);
    }

    @Test
    void writesTheDateIfItIsNotToday() {
        Instant now = Instant.parse("2026-11-30T14:37:00Z");

        assertThat(ReadableTime.future(Instant.parse("2026-11-30T15:00:00Z"), now))
                .isEqualTo("15:00 UTC, in 23 min");
        assertThat(ReadableTime.past(Instant.parse("2026-11-29T14:37:00Z"), now))
                .isEqualTo("29 Nov 14:37 UTC, 24 h ago");
        assertThat(ReadableTime.time(Instant.parse("2025-11-29T14:37:00Z"), now))
                .isEqualTo("29 Nov 2025 14:37 UTC");
    }
}
