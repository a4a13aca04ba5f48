package dev.nftrefresh.api;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome.Accepted;
import dev.nftrefresh.api.RefreshOutcome.CollectionNotFound;
import dev.nftrefresh.api.RefreshOutcome.Failed;
import dev.nftrefresh.api.RefreshOutcome.Forbidden;
import dev.nftrefresh.api.RefreshOutcome.KeyRefused;
import dev.nftrefresh.api.RefreshOutcome.Refused;
import dev.nftrefresh.api.RefreshOutcome.Throttled;
import dev.nftrefresh.api.RefreshOutcome.Unknown;
import dev.nftrefresh.seeded.SeededProperty;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshOutcomeReaderTest {
    private static final Instant NOW = Instant.parse("2024-04-16T11:00:00Z");
    private static final String KEY = "sk_imapik-test-Zm9vYmFyMTIz";

    private static RefreshOutcome read(int status, String body, String... headers) {
        return RefreshOutcomeReader.read(status, headers(headers), body.getBytes(UTF_8), KEY, NOW);
    }

    /** Headers written as {@code name: value}. */
    private static HttpHeaders headers(String... lines) {
        Map<String, List<String>> map = Stream.of(lines)
                .map(line -> line.split(": ", 2))
                .collect(Collectors.groupingBy(
                        line -> line[0], Collectors.mapping(line -> line[1], Collectors.toList())));
        return HttpHeaders.of(map, (_, _) -> true);
    }

    private static ApiErrorResponse error(RefreshOutcome outcome) {
        return switch (outcome) {
            case Refused(ApiErrorResponse error) -> error;
            case KeyRefused(ApiErrorResponse error) -> error;
            case Forbidden(ApiErrorResponse error) -> error;
            case CollectionNotFound(ApiErrorResponse error) -> error;
            case Failed(ApiErrorResponse error) -> error;
            case Throttled throttled -> throttled.error();
            case Accepted _, Unknown _ -> throw new AssertionError(outcome);
        };
    }

    private static ReportedQuota quota(RefreshOutcome outcome) {
        return switch (outcome) {
            case Accepted(ReportedQuota quota) -> quota;
            case Throttled throttled -> throttled.quota();
            default -> throw new AssertionError(outcome);
        };
    }

    @Nested
    class Statuses {
        private static final String SAMPLE = """
                {"code":"%s","message":"all fields must be provided","link":"https://docs","trace_id":"e47634b7","details":null}
                """;

        @ParameterizedTest
        @CsvSource({
            "400, VALIDATION_ERROR, Refused",
            "400, OTHER, Failed",
            "401, UNAUTHORISED_REQUEST, KeyRefused",
            "403, AUTHENTICATION_ERROR, Forbidden",
            "403, OTHER, Failed",
            "404, RESOURCE_NOT_FOUND, CollectionNotFound",
            "404, OTHER, Failed",
            "402, OTHER, Failed",
            "405, OTHER, Failed",
            "408, OTHER, Failed",
            "409, CONFLICT_ERROR, Failed",
            "413, OTHER, Failed",
            "429, TOO_MANY_REQUESTS_ERROR, Throttled",
            "499, OTHER, Failed",
            "199, OTHER, Failed",
            "300, OTHER, Failed",
            "302, OTHER, Failed",
            "600, OTHER, Failed"
        })
        void the_status_and_where_it_matters_the_code_decide(int status, String code, String outcome) {
            RefreshOutcome read = read(status, SAMPLE.formatted(code));
            assertThat(read.getClass().getSimpleName()).isEqualTo(outcome);
            assertThat(error(read))
                    .isEqualTo(new ApiErrorResponse(status, code, "all fields must be provided", "e47634b7"));
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 201, 203, 204, 299, 500, 501, 502, 503, 504, 505, 599})
        void another_success_and_a_server_failure_give_an_unknown_outcome(int status) {
            assertThat(read(status, SAMPLE.formatted("X")))
                    .isEqualTo(new Unknown("The answer came with status " + status
                            + " and \"all fields must be provided\", so the request may have been applied"
                            + " (trace id e47634b7)."));
            assertThat(read(status, "<html>"))
                    .isEqualTo(new Unknown(
                            "The answer came with status " + status + ", so the request may have been applied."));
        }

        @ParameterizedTest
        @CsvSource({"400, Failed", "401, KeyRefused", "403, Failed", "404, Failed", "429, Throttled", "418, Failed"})
        void an_answer_that_is_not_json_has_its_outcome_too(int status, String outcome) {
            for (String body :
                    List.of("", "<html>code</html>", "null", "\"VALIDATION_ERROR\"", "[1]", "{", "{\"code\"")) {
                RefreshOutcome read = read(status, body);
                assertThat(read.getClass().getSimpleName()).isEqualTo(outcome);
                assertThat(error(read)).isEqualTo(new ApiErrorResponse(status, null, null, null));
            }
        }

        @Test
        void an_acceptance_needs_no_body() {
            assertThat(read(202, "")).isEqualTo(new Accepted(ReportedQuota.UNKNOWN));
        }
    }

    @Nested
    class Errors {
        @Test
        void a_message_is_one_line_of_500_characters() {
            String message = "a\\r\\nb\\u0000\\u001b[31m\\u202e\\u200b" + "é".repeat(600);
            assertThat(error(read(400, "{\"message\":\"" + message + "\"}")).message())
                    .isEqualTo("a b[31m" + "é".repeat(493));
        }

        @Test
        void a_message_is_not_cut_within_a_character() {
            String message = "x".repeat(499) + "🗡🗡";
            assertThat(error(read(400, "{\"message\":\"" + message + "\"}")).message())
                    .isEqualTo("x".repeat(499));
        }

        @Test
        void half_a_character_is_left_out() {
            assertThat(error(read(400, "{\"message\":\"a\\ud83db\"}")).message())
                    .isEqualTo("ab");
        }

        @Test
        void a_code_and_a_trace_id_are_cut_at_200_characters() {
            ApiErrorResponse error = error(
                    read(400, "{\"code\":\"%s\",\"trace_id\":\"%s\"}".formatted("c".repeat(201), "t".repeat(201))));
            assertThat(error.code()).isEqualTo("c".repeat(200));
            assertThat(error.traceId()).isEqualTo("t".repeat(200));
        }

        @Test
        void fields_of_other_types_do_not_count() {
            assertThat(error(read(
                            400, "{\"code\":{\"code\":\"VALIDATION_ERROR\"},\"message\":[\"m\"],\"trace_id\":null}")))
                    .isEqualTo(new ApiErrorResponse(400, null, null, null));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"details":null}|
                {"details":"nft_metadata[17] is bad"}|nft_metadata[17] is bad
                {"details":17}|17
                {"details":[{"path":["nft_metadata",17]}]}|[{"path":["nft_metadata",17]}]
                {"details": {"a": [1, 2], "b": "é"} , "code":"X"}|{"a": [1, 2], "b": "é"}
                {"details":{"a":1},"details":{"b":2}}|{"a":1}
                {"message":"é","details":{"a":[1,|{"a":[1,
                {"details":[]}|[]
                """)
        void the_details_are_kept_unchanged(String body, String details) {
            assertThat(error(read(400, body)).details()).isEqualTo(details);
        }

        @Test
        void details_are_cut_at_4096_characters() {
            assertThat(error(read(400, "{\"details\":[\"" + "d".repeat(10_000) + "\"]}"))
                            .details())
                    .hasSize(4096)
                    .startsWith("[\"d");
        }

        @Test
        void a_code_in_the_details_does_not_count() {
            assertThat(read(400, "{\"details\":{\"code\":\"VALIDATION_ERROR\"}}"))
                    .isInstanceOf(Failed.class);
        }

        @Test
        void the_first_of_two_fields_with_one_name_counts() {
            assertThat(error(read(400, "{\"code\":\"VALIDATION_ERROR\",\"code\":\"B\"}"))
                            .code())
                    .isEqualTo("VALIDATION_ERROR");
        }

        @Test
        void fields_after_nested_details_are_read() {
            String body =
                    "{\"details\":{\"a\":{\"b\":[1,{\"c\":2}]},\"d\":[[]]},\"other\":[{}],\"code\":\"VALIDATION_ERROR\"}";
            assertThat(read(400, body)).isInstanceOf(Refused.class);
        }
    }

    @Nested
    class Quotas {
        private static final String BODY = """
                {"imx_refreshes_limit":"677","imx_remaining_refreshes":"675","retry_after":"9.61-seconds",
                 "imx_refresh_limit_reset":"2024-04-16 11:06:07.401553 +0000 UTC"}
                """;

        @Test
        void an_acceptance_s_body_may_report_the_quota() {
            assertThat(read(202, BODY))
                    .isEqualTo(new Accepted(new ReportedQuota(
                            677L,
                            675L,
                            Instant.parse("2024-04-16T11:06:07.402Z"),
                            Duration.ofMillis(9610),
                            List.of())));
        }

        @Test
        void a_header_counts_before_the_body_field_by_field() {
            assertThat(quota(read(202, BODY, "imx-remaining-refreshes: 3", "imx-refreshes-limit: ")))
                    .isEqualTo(new ReportedQuota(
                            677L, 3L, Instant.parse("2024-04-16T11:06:07.402Z"), Duration.ofMillis(9610), List.of()));
        }

        @Test
        void numbers_are_read_like_texts() {
            assertThat(quota(read(202, """
                            {"imx_refreshes_limit":677,"imx_remaining_refreshes":675.0,"retry_after":9.61,
                             "imx_refresh_limit_reset":1713265567401}
                            """)))
                    .isEqualTo(new ReportedQuota(
                            677L, 675L, Instant.parse("2024-04-16T11:06:07.401Z"), Duration.ofMillis(9610), List.of()));
        }

        @Test
        void an_unreadable_header_is_reported_and_the_body_is_read() {
            assertThat(quota(read(202, BODY, "imx-remaining-refreshes: many", "retry-after: in a while")))
                    .isEqualTo(new ReportedQuota(
                            677L,
                            675L,
                            Instant.parse("2024-04-16T11:06:07.402Z"),
                            Duration.ofMillis(9610),
                            List.of("imx-remaining-refreshes: many", "retry-after: in a while")));
        }

        @Test
        void an_unreadable_value_in_header_and_body_is_reported_once() {
            assertThat(quota(read(202, "{\"retry_after\":\"soon\"}", "retry-after: soon"))
                            .unreadable())
                    .containsExactly("retry-after: soon");
        }

        @Test
        void a_value_that_is_readable_nowhere_is_absent() {
            String body = "{\"imx_refreshes_limit\":\"-1\",\"imx_remaining_refreshes\":true,\"retry_after\":\"8 days\","
                    + "\"imx_refresh_limit_reset\":{\"at\":1}}";
            assertThat(quota(read(202, body)))
                    .isEqualTo(new ReportedQuota(
                            null,
                            null,
                            null,
                            null,
                            List.of(
                                    "imx-refreshes-limit: -1",
                                    "imx-remaining-refreshes: true",
                                    "retry-after: 8 days")));
        }

        @Test
        void a_report_is_one_line_of_100_characters() {
            assertThat(quota(read(202, "", "retry-after: a\tb" + "c".repeat(200)))
                            .unreadable())
                    .containsExactly("retry-after: a b" + "c".repeat(97));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                0|0
                677|677
                677.0|677
                676.9|676
                007|7
                5, 5;w=1|5
                5;w=1|5
                5 , 5|5
                '5'|5
                5.|5
                .5|
                5x|
                "5"|5
                999999999999999999|999999999999999999
                -1|
                1e3|
                five|
                5 5|
                1000000000000000000000|
                """)
        void counts_are_whole_and_not_negative(String text, Long count) {
            assertThat(quota(read(202, "", "imx-remaining-refreshes: " + text)).remaining())
                    .isEqualTo(count);
        }

        @Test
        void the_first_readable_of_several_headers_counts() {
            ReportedQuota quota = quota(read(202, "", "retry-after: soon", "retry-after: 5", "retry-after: 7"));
            assertThat(quota.retryAfter()).isEqualTo(Duration.ofSeconds(5));
            assertThat(quota.unreadable()).containsExactly("retry-after: soon");
        }

        @Test
        void a_429_has_its_wait_in_a_header_or_the_body_or_its_details() {
            assertThat(quota(read(429, "{\"retry_after\":\"7\"}", "Retry-After: 5"))
                            .retryAfter())
                    .isEqualTo(Duration.ofSeconds(5));
            assertThat(quota(read(429, "{\"details\":{\"retry_after\":6},\"retry_after\":\"7\"}"))
                            .retryAfter())
                    .isEqualTo(Duration.ofSeconds(7));
            assertThat(quota(read(429, "{\"code\":\"X\",\"details\":{\"retry_after\":\"59.98-seconds\"}}"))
                            .retryAfter())
                    .isEqualTo(Duration.ofMillis(59_980));
            assertThat(quota(read(429, "{\"retry_after\":null,\"details\":[{\"retry_after\":6}]}")))
                    .isEqualTo(ReportedQuota.UNKNOWN);
        }
    }

    @Nested
    class Hostile {
        /** Of each kind of text that made a reader go back and forth. */
        static Stream<String> values() {
            return Stream.of(
                            " ", "\"", "'", "9", "9.", "9 ", ",", "+", "-", "s", ": ", "2024-", "2024-04-16 11:06:07.9")
                    .map(piece -> piece.repeat(64 * 1024 / piece.length()));
        }

        @ParameterizedTest
        @MethodSource("values")
        void a_value_of_64_KiB_is_no_count_and_no_time(String value) {
            assertThat(QuotaCountParser.read(value)).isNull();
            assertThat(PointInTimeParser.read(value, NOW)).isNull();
            ReportedQuota quota = quota(read(429, "", "imx-remaining-refreshes: " + value, "retry-after: " + value));
            assertThat(quota.remaining()).isNull();
            assertThat(quota.retryAfter()).isNull();
            assertThat(quota.unreadable()).allMatch(line -> line.length() <= 130);
        }

        @Test
        void only_a_few_of_a_thousand_equal_headers_are_read() {
            String[] lines = Stream.iterate(1, n -> n + 1)
                    .limit(1_000)
                    .map(n -> "retry-after: soon" + n)
                    .toArray(String[]::new);
            assertThat(quota(read(429, "", lines)).unreadable()).hasSize(5);
        }

        static Stream<byte[]> bodies() {
            return Stream.of(
                    "[".repeat(60_000).getBytes(UTF_8),
                    "{\"a\":".repeat(12_000).getBytes(UTF_8),
                    ("{\"details\":" + "[".repeat(60_000)).getBytes(UTF_8),
                    ("{\"details\":{\"a\":" + "{\"b\":".repeat(10_000)).getBytes(UTF_8),
                    ("{\"message\":\"" + "x".repeat(65_000)).getBytes(UTF_8),
                    ("{\"" + "n".repeat(65_000) + "\":1}").getBytes(UTF_8),
                    ("{\"imx_refreshes_limit\":" + "9".repeat(60_000) + "}").getBytes(UTF_8),
                    ("{\"retry_after\":" + "9".repeat(900) + "}").getBytes(UTF_8),
                    "{\"retry_after\":1e999999999}".getBytes(UTF_8),
                    "{\"code\":\"VALIDATION_ERROR".getBytes(UTF_16),
                    "{\"code\":\"a\"}}}}]]]".getBytes(UTF_8),
                    new byte[] {'{', '"', 'c', 'o', 'd', 'e', '"', ':', '"', (byte) 0xc3, (byte) 0x28, '"', '}'},
                    new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0, '{', 0, 0, 0},
                    new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'},
                    new byte[] {0});
        }

        @ParameterizedTest
        @MethodSource("bodies")
        void a_malicious_body_has_the_outcome_of_its_status(byte[] body) {
            assertThat(RefreshOutcomeReader.read(202, headers(), body, KEY, NOW))
                    .isInstanceOf(Accepted.class);
            assertThat(RefreshOutcomeReader.read(400, headers(), body, KEY, NOW))
                    .isInstanceOf(Failed.class);
            assertThat(RefreshOutcomeReader.read(429, headers(), body, KEY, NOW))
                    .isInstanceOf(Throttled.class);
        }

        @Test
        void fields_before_a_fault_count() {
            assertThat(read(400, "{\"code\":\"VALIDATION_ERROR\",\"details\":" + "[".repeat(60_000)))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void no_answer_throws() {
        SeededProperty.of("no answer throws").check(choices -> {
            int status = choices.note("status", choices.between(100, 999));
            byte[] body = choices.note("body", choices.bytes(0, 200));
            assertThat(RefreshOutcomeReader.read(status, headers(), body, KEY, NOW))
                    .isNotNull();
        });
    }

    @Test
    void no_text_in_an_answer_throws() {
        SeededProperty.of("no text in an answer throws").check(choices -> {
            String text = choices.note("text", choices.text(0, 255));
            String quoted = text.codePoints()
                    .mapToObj(c -> "\\u%04x".formatted(c & 0xffff))
                    .collect(Collectors.joining());
            String body = "{\"code\":\"Q\",\"message\":\"Q\",\"retry_after\":\"Q\",\"imx_remaining_refreshes\":\"Q\"}"
                    .replace("Q", quoted);
            assertThat(read(429, body)).isInstanceOf(Throttled.class);
        });
    }
}
