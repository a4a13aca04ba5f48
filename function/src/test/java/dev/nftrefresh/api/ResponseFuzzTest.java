package dev.nftrefresh.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whatever an answer says, its status decides, no wait is negative or beyond belief, and no text that comes out of it is
 * long, has control characters, or has the key in it that was sent. An input is a status, a line each for headers, an empty
 * line and the body.
 */
class ResponseFuzzTest {
    private static final String KEY = "sk_imapik-test-Zq3vK8mN1xW7_a9Rt5Yp2";
    private static final List<String> PIECES = IntStream.rangeClosed(0, KEY.length() - 8)
            .mapToObj(begin -> KEY.substring(begin, begin + 8).toLowerCase(Locale.ROOT))
            .toList();
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration FURTHEST = Duration.ofDays(7);
    private static final List<String> TOKEN_IDS =
            List.of("1", "2", "17", "4711", "115792089237316195423570985008687907");

    @FuzzTest
    void answerIsReadAndKeepsTheKeySecret(byte[] answer) {
        String text = new String(answer, UTF_8);
        String[] parts = text.split("\n\n", 2);
        String[] lines = parts[0].split("\n", -1);
        String body = parts.length == 2 ? parts[1] : "";
        int status = status(lines[0]);
        assertSound(status, headers(lines), body);
        // The same with the key somewhere in it: where depends on the input alone.
        int at = body.isEmpty() ? 0 : Math.floorMod(text.hashCode(), body.length());
        assertSound(status, headers(lines), body.substring(0, at) + KEY + body.substring(at));
    }

    private static int status(String line) {
        return line.matches("[1-9]\\d{2}") ? Integer.parseInt(line) : 429;
    }

    private static HttpHeaders headers(String[] lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(
                                lines[i].substring(0, colon).trim().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(lines[i].substring(colon + 1).strip());
            }
        }
        headers.remove("");
        return HttpHeaders.of(headers, (_, _) -> true);
    }

    private static void assertSound(int status, HttpHeaders headers, String body) {
        RefreshOutcome outcome = RefreshOutcomeReader.read(status, headers, body.getBytes(UTF_8), KEY, NOW);
        assertThat(outcome instanceof RefreshOutcome.Accepted).isEqualTo(status == 202);
        assertThat(outcome instanceof RefreshOutcome.Throttled).isEqualTo(status == 429);
        switch (outcome) {
            case RefreshOutcome.Accepted(ReportedQuota quota) -> assertSound(quota);
            case RefreshOutcome.Throttled(ReportedQuota quota, ApiErrorResponse error) -> {
                assertSound(quota);
                assertSound(error);
            }
            case RefreshOutcome.Refused(ApiErrorResponse error) -> assertSound(error);
            case RefreshOutcome.KeyRefused(ApiErrorResponse error) -> assertSound(error);
            case RefreshOutcome.Forbidden(ApiErrorResponse error) -> assertSound(error);
            case RefreshOutcome.CollectionNotFound(ApiErrorResponse error) -> assertSound(error);
            case RefreshOutcome.Failed(ApiErrorResponse error) -> assertSound(error);
            case RefreshOutcome.Unknown(String reason) -> assertClean(reason, 900);
        }
    }

    private static void assertSound(ReportedQuota quota) {
        Stream.of(quota.limit(), quota.remaining())
                .filter(Objects::nonNull)
                .forEach(count -> assertThat(count).isNotNegative());
        if (quota.retryAfter() != null) {
            assertThat(quota.retryAfter()).isBetween(Duration.ZERO, FURTHEST);
        }
        if (quota.reset() != null) {
            assertThat(quota.reset()).isBeforeOrEqualTo(NOW.plus(FURTHEST));
        }
        // Four parts, of each at most five headers and a field.
        assertThat(quota.unreadable()).hasSizeLessThanOrEqualTo(24);
        quota.unreadable().forEach(text -> assertClean(text, 150));
    }

    private static void assertSound(ApiErrorResponse error) {
        Stream.of(error.code(), error.traceId()).filter(Objects::nonNull).forEach(text -> assertClean(text, 200));
        Stream.ofNullable(error.message()).forEach(text -> assertClean(text, 500));
        Stream.ofNullable(error.details()).forEach(text -> assertClean(text, 4_096));
        assertThat(RefusedTokenHint.named(error, TOKEN_IDS))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo(3)
                .allMatch(place -> place >= 0 && place < TOKEN_IDS.size());
    }

    private static void assertClean(String text, int longest) {
        assertThat(text).hasSizeLessThanOrEqualTo(longest);
        assertThat(text.codePoints()).noneMatch(Character::isISOControl);
        String visible = text.codePoints()
                .filter(character -> character > ' ' && character < 0x7f)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .toLowerCase(Locale.ROOT);
        PIECES.forEach(piece -> assertThat(visible).doesNotContain(piece));
    }
}
