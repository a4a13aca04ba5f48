package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.RecordedRequest;
import dev.nftrefresh.local.api.StandInSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 429: nothing more is sent until the wait is over, and the rest returns after it, not before. */
final class ThrottledRequestTest extends SandboxTest {
    private static final Duration WAIT = Duration.ofSeconds(90);
    /** The most that jitter may add to that wait. */
    private static final Duration JITTER = Duration.ofSeconds(5);

    private static final Duration STEP = Duration.ofSeconds(2);

    /** The ways in which a 429 may ask for a wait. */
    enum RetryAfterForm {
        SECONDS_IN_THE_HEADER {
            @Override
            InjectedFault until(Instant end, Duration wait) {
                return answer(Map.of("retry-after", String.valueOf(wait.toSeconds())), "{}");
            }
        },
        OBSERVED_TEXT_IN_THE_HEADER {
            @Override
            InjectedFault until(Instant end, Duration wait) {
                return answer(Map.of("retry-after", wait.toSeconds() + ".00-seconds"), "{}");
            }
        },
        HTTP_DATE_IN_THE_HEADER {
            @Override
            InjectedFault until(Instant end, Duration wait) {
                return answer(
                        Map.of(
                                "Retry-After",
                                DateTimeFormatter.RFC_1123_DATE_TIME
                                        .withLocale(Locale.ENGLISH)
                                        .format(end.plusSeconds(1).atOffset(ZoneOffset.UTC))),
                        "not JSON");
            }
        },
        ONLY_IN_THE_BODY {
            @Override
            InjectedFault until(Instant end, Duration wait) {
                return answer(Map.of(), "{\"retry_after\":\"" + wait.toSeconds() + ".0-seconds\"}");
            }
        },
        ONLY_IN_THE_BODYS_DETAILS {
            @Override
            InjectedFault until(Instant end, Duration wait) {
                return answer(Map.of(), "{\"code\":\"X\",\"details\":{\"retry_after\":" + wait.toSeconds() + "}}");
            }
        },
        ONLY_A_RESET_IN_THE_HEADER {
            @Override
            InjectedFault until(Instant end, Duration wait) {
                String reset = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS '+0000 UTC'", Locale.ROOT)
                        .format(end.atOffset(ZoneOffset.UTC));
                return answer(Map.of("imx-refresh-limit-reset", reset, "imx-remaining-refreshes", "0"), "{}");
            }
        },
        ONLY_A_RESET_IN_THE_BODY {
            @Override
            InjectedFault until(Instant end, Duration wait) {
                return answer(Map.of(), "{\"imx_refresh_limit_reset\":\"" + end + "\"}");
            }
        },
        AN_UNREADABLE_HEADER_AND_A_READABLE_BODY {
            @Override
            InjectedFault until(Instant end, Duration wait) {
                return answer(Map.of("retry-after", "soon"), "{\"retry_after\":\"" + wait.toSeconds() + "\"}");
            }
        };

        abstract InjectedFault until(Instant end, Duration wait);

        static InjectedFault answer(Map<String, String> headers, String body) {
            return new InjectedFault.ErrorResponse(429, headers, body);
        }
    }

    @ParameterizedTest
    @EnumSource(RetryAfterForm.class)
    void a429LeavesTheMessagesInvisibleForTheRequestedWait(RetryAfterForm asked) {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.send(
                ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 600)),
                ProducerMessages.message(ProducerMessages.SHIELDS, ProducerMessages.tokens(0, 10)),
                ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(600, 900)));
        Instant end = sandbox.clock().instant().plus(WAIT);
        sandbox.api().faults().next(asked.until(end, WAIT));
        sandbox.start();
        sandbox.untilInvoked(1);
        sandbox.stop();

        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(429);
        assertThat(sandbox.depth().inFlight()).isEqualTo(3);
        sandbox.advanceUntilVisible(1, STEP);
        assertThat(sandbox.clock().instant()).isAfterOrEqualTo(end);
        sandbox.advanceUntilVisible(3, STEP);
        // A whole second of SQS's, the last step, and what this machine took.
        assertThat(sandbox.clock().instant()).isBefore(end.plus(JITTER).plusSeconds(10));

        sandbox.drain();
        assertThat(acceptedIds(sandbox)).hasSize(910);
        assertThat(sandbox.deadLetters()).isEmpty();
        assertThat(sandbox.tally().complaints()).isEmpty();
    }

    @Test
    void whileTheWindowIsClosedNewUpdatesAreNotSentEither() {
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().next(RetryAfterForm.answer(Map.of("retry-after", "600"), "{}"));
        Instant before = sandbox.clock().instant();
        sandbox.send(ProducerMessages.message(ProducerMessages.token(0)));
        sandbox.start();
        sandbox.untilInvoked(1);
        for (int id = 1; id <= 5; id++) {
            sandbox.advance(Duration.ofMinutes(1));
            sandbox.send(ProducerMessages.message(
                    id % 2 == 0 ? ProducerMessages.SWORDS : ProducerMessages.SHIELDS,
                    ProducerMessages.tokens(id, id + 1)));
            sandbox.untilInvoked(1 + id);
        }
        assertThat(sandbox.requests()).hasSize(1);

        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5");
        assertThat(sandbox.requests())
                .filteredOn(recorded -> recorded.status() == 202)
                .allSatisfy(recorded -> assertThat(recorded.request().at()).isAfterOrEqualTo(before.plusSeconds(600)));
        assertThat(sandbox.tally().receives()).isEqualTo(2 * 6);
    }

    @Test
    void withoutARequestedWaitItDoublesFrom2Seconds() {
        LocalSandbox sandbox = sandbox(SandboxSettings.IMPATIENT);
        sandbox.api().faults().next(7, InjectedFault.throttledWithoutQuota());
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 600)));

        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).hasSize(600).doesNotHaveDuplicates();
        List<Instant> times = sandbox.requests().stream()
                .limit(8)
                .map(recorded -> recorded.request().at())
                .toList();
        List<Integer> seconds = List.of(2, 4, 8, 16, 32, 64, 128);
        IntStream.range(0, 7)
                .forEach(i -> assertThat(Duration.between(times.get(i), times.get(i + 1)))
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(seconds.get(i)))
                        .isLessThan(
                                Duration.ofSeconds(seconds.get(i)).plus(JITTER).plusSeconds(10)));
    }

    @Test
    void aShortWaitIsSpentInTheInvocation() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().next(RetryAfterForm.answer(Map.of("retry-after", "0.40-seconds"), "{}"));
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 600)));

        sandbox.drain();

        assertThat(sandbox.tally().receives()).isEqualTo(1);
        assertThat(sandbox.tally().batchItemFailures()).isZero();
        List<RecordedRequest> requests = sandbox.requests();
        assertThat(requests).extracting(RecordedRequest::status).startsWith(429, 202);
        assertThat(Duration.between(
                        requests.get(0).request().at(),
                        requests.get(1).request().at()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void aWaitInA202IsIgnoredWhileQuotaIsLeft() {
        LocalSandbox sandbox = sandbox(
                SandboxSettings.USUAL.withCopies(1).withStandIn(StandInSettings.perWindow(677, Duration.ofHours(1))));
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 2_000)));

        sandbox.drain();

        assertThat(sandbox.tally().receives()).isEqualTo(1);
        assertThat(sandbox.requests()).hasSize(8);
    }

    @Test
    void theLimiterClosesWhenNothingRemainsBeforeA429SaysSo() {
        LocalSandbox sandbox =
                sandbox(SandboxSettings.USUAL.withStandIn(StandInSettings.perWindow(4, Duration.ofMinutes(10))));
        IntStream.range(0, 30)
                .forEach(number -> sandbox.send(ProducerMessages.message(
                        ProducerMessages.SWORDS, ProducerMessages.tokens(number * 100, number * 100 + 100))));

        sandbox.drainSkippingWaits(Duration.ofSeconds(10));

        assertThat(acceptedIds(sandbox)).hasSize(3_000).doesNotHaveDuplicates();
        assertThat(sandbox.api().counts().throttled()).isZero();
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void underASteadyRefillEverythingIsAcceptedAsWell() {
        LocalSandbox sandbox =
                sandbox(SandboxSettings.USUAL.withStandIn(StandInSettings.steady(5, Duration.ofMinutes(5))));
        IntStream.range(0, 20)
                .forEach(number -> sandbox.send(ProducerMessages.message(
                        ProducerMessages.SWORDS, ProducerMessages.tokens(number * 100, number * 100 + 100))));

        sandbox.drainSkippingWaits();

        assertThat(acceptedIds(sandbox)).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(sandbox.deadLetters()).isEmpty();
    }

    @Test
    void aWaitOfDaysIsNotBelievedForLongerThanADay() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().next(RetryAfterForm.answer(Map.of("retry-after", "432000"), "{}"));
        sandbox.send(ProducerMessages.message(ProducerMessages.token(1)));
        sandbox.start();
        sandbox.untilInvoked(1);
        sandbox.stop();

        // A visibility timeout is never beyond SQS's 12 hours since the receive.
        assertThat(sandbox.log()).doesNotContain("could not be set");
        sandbox.advance(Duration.ofHours(12));
        assertThat(sandbox.depth().visible()).isEqualTo(1);
        assertThat(sandbox.requests()).hasSize(1);
    }
}
