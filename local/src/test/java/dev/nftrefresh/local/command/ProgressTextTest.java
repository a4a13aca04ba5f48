package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.operator.TerminalWidth;
import dev.nftrefresh.operator.WrappedText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the lines of a run's progress say, and that they fit. */
class ProgressTextTest {
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");

    @Test
    void theLeastImportantPartIsLeftOutFirst() {
        assertThat(line().fit(40)).isEqualTo("12 s  3,200/5,000 accepted  1:20 left");
        assertThat(line().fit(30)).isEqualTo("3,200/5,000  1:20 left");
        assertThat(line().fit(5)).isEqualTo("3,200");
    }

    private static ProgressText line() {
        return new ProgressText()
                .add(3, "12 s")
                .add(1, "3,200/5,000 accepted", "3,200/5,000")
                .add(2, "1:20 left", "1:20 left");
    }

    @Test
    void textIsBrokenBetweenWords() {
        assertThat(WrappedText.lines("one two three four", "  ", 10)).containsExactly("one two", "  three", "  four");
        assertThat(WrappedText.lines("one two", "  ", TerminalWidth.UNLIMITED)).containsExactly("one two");
        assertThat(WrappedText.lines("unbreakable words", "", 4)).containsExactly("unbreakable", "words");
    }

    @Test
    void theWidthIsTheEnvironmentsElseTheTerminals() {
        assertThat(TerminalWidth.of(Map.of("COLUMNS", "40"), "24 132\n")).isEqualTo(40);
        assertThat(TerminalWidth.of(Map.of("COLUMNS", "wide"), "24 132\n")).isEqualTo(132);
        assertThat(TerminalWidth.of(Map.of(), "0 0\n")).isEqualTo(80);
        assertThat(TerminalWidth.of(Map.of(), null)).isEqualTo(80);
    }

    @Test
    void timesAreRoundedUp() {
        assertThat(ReadableTimeText.duration(Duration.ofMillis(37_001))).isEqualTo("0:38");
        assertThat(ReadableTimeText.duration(Duration.ofSeconds(43_207))).isEqualTo("12:00:07");
        assertThat(ReadableTimeText.duration(Duration.ofSeconds(-1))).isEqualTo("0:00");
    }

    private RunStatus standing(@Nullable Integer status) {
        var failure = status == null ? null : new LastApiResponse.Failure(now, status, "");
        return new RunStatus(null, failure, null, null, now);
    }

    @Test
    void withoutATerminalAStallIsReportedAfterTenSecondsThenOnceAMinuteAndWhenItsReasonChanges() {
        var notice = new StallNotice(() -> now);
        notice.idle(5);
        now = now.plusSeconds(9);
        assertThat(notice.of(standing(503))).isNull();

        now = now.plusSeconds(1);
        assertThat(notice.of(standing(503))).isEqualTo("Nothing was accepted for 10 s: the API answers 503.");
        now = now.plusSeconds(5);
        assertThat(notice.of(standing(503))).isNull();
        assertThat(notice.of(standing(500))).isEqualTo("Nothing was accepted for 15 s: the API answers 500.");
        now = now.plusSeconds(61);
        assertThat(notice.of(standing(500))).startsWith("Nothing was accepted for 76 s");

        assertThat(notice.idle(6)).isZero();
        assertThat(notice.of(standing(500))).isNull();
    }

    @Test
    void theApisAnswersAreReadFromTheFunctionsLog() {
        var answers = new LastApiResponse(() -> now);
        read(answers, """
                {"level":"INFO","message":"refresh","quota_limit":10,"quota_remaining":3,\
                "quota_reset":"2026-11-25T10:30:00Z","token_ids":["1","2"]}""");
        assertThat(answers.quota()).isEqualTo(new LastApiResponse.Quota(10, 3, Instant.parse("2026-11-25T10:30:00Z")));
        assertThat(answers.failure()).isNull();

        read(answers, """
                {"level":"WARN","message":"refresh","status":401,"code":"X","api_message":"wrong key","token_ids":[]}""");
        assertThat(answers.failure()).isEqualTo(new LastApiResponse.Failure(now, 401, "wrong key"));

        read(answers, """
                {"level":"WARN","message":"refresh","reason":"The answer came with status 503 and \\"down\\", so the \
                request may have been applied."}""");
        assertThat(answers.failure()).isEqualTo(new LastApiResponse.Failure(now, 503, "down"));

        read(answers, "{\"level\":\"WARN\",\"message\":\"refresh\",\"reason\":\"Immutable did not answer.\"}");
        assertThat(answers.failure()).isEqualTo(new LastApiResponse.Failure(now, null, "Immutable did not answer."));

        read(answers, "WARNING: no JSON");
        read(answers, "{\"level\":\"ERROR\",\"message\":\"something else\"}");
        assertThat(answers.failure()).isNotNull();
        read(answers, "{\"level\":\"INFO\",\"message\":\"refresh\"}");
        assertThat(answers.failure()).isNull();
    }

    private static void read(LastApiResponse answers, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        answers.read(bytes, bytes.length);
    }

    @Test
    void aSentenceIsPrintedAboveTheProgressLine() throws InterruptedException {
        var out = new StringWriter();
        var err = new StringWriter();
        try (var progress = new ProgressDisplay(new PrintWriter(out), new PrintWriter(err), true)) {
            progress.show(() -> "1 s  half");
            while (!out.toString().contains("half")) {
                Thread.onSpinWait();
            }
            progress.say("Something happened.");
        }

        assertThat(out.toString()).endsWith("\r\u001B[K");
        assertThat(err.toString()).isEqualTo("Something happened.%n".formatted());
    }
}
