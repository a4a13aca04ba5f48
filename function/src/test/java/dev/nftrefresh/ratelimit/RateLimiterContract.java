package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.accepted;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.acceptedWithoutQuota;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.error;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.seconds;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.throttled;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.throttledFor;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.throttledTellingNothing;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every rate limiter, wherever it stores its state. */
public abstract class RateLimiterContract {
    /** Fast enough that the pace does not matter where it is not under test. */
    private static final double FAST = 1e9;

    /** A rate limiter that has seen no answer. */
    protected abstract RateLimiter limiter(double maxRequestsPerSecond);

    /** How many requests represent "any number"; fewer where each takes long. */
    protected int many() {
        return 1_000;
    }

    private RateLimiterTimeline fresh() {
        return new RateLimiterTimeline(limiter(FAST));
    }

    /** A rate limiter that knows, since t0, that so many of 100 remain until t0 + 1 h. */
    private RateLimiterTimeline knowing(long remaining) {
        RateLimiterTimeline limiter = fresh();
        limiter.answered(limiter.granted(), accepted(remaining));
        return limiter.at(0.1);
    }

    @Nested
    class Pacing {
        private RateLimiterTimeline unbounded(double maxRequestsPerSecond) {
            var limiter = new RateLimiterTimeline(limiter(maxRequestsPerSecond));
            limiter.answered(limiter.granted(), acceptedWithoutQuota());
            return limiter;
        }

        @Test
        void requests_are_spaced() {
            RateLimiterTimeline limiter = unbounded(5);
            limiter.at(0).pacedFor(0.2);
            limiter.at(0.15).pacedFor(0.05);
            limiter.at(0.2).granted();
            limiter.at(0.2).pacedFor(0.2);
        }

        @Test
        void idle_time_is_not_saved_up() {
            RateLimiterTimeline limiter = unbounded(5);
            limiter.at(60).granted();
            limiter.at(60).pacedFor(0.2);
        }

        @Test
        void a_denial_costs_nothing() {
            RateLimiterTimeline limiter = unbounded(5);
            for (int i = 0; i < 10; i++) {
                limiter.at(0.1).pacedFor(0.1);
            }
            limiter.at(0.2).granted();
        }

        @Test
        void three_intervals_of_a_third_of_a_second_are_no_less_than_a_second() {
            RateLimiterTimeline limiter = unbounded(3);
            double at = 0;
            for (int i = 0; i < 3; i++) {
                at += 0.333333334;
                limiter.at(at - 0.000000002).pacedFor(0.000000002);
                limiter.at(at).granted();
            }
            assertThat(at).isGreaterThanOrEqualTo(1);
        }

        @Test
        void a_pace_may_be_less_than_one_request_a_second() {
            RateLimiterTimeline limiter = unbounded(0.1);
            limiter.at(9).pacedFor(1);
            limiter.at(10).granted();
        }
    }

    @Nested
    class Probing {
        @Test
        void at_first_one_request_probes_for_all() {
            RateLimiterTimeline limiter = fresh();
            Permit probe = limiter.at(0).granted();
            limiter.at(0.1).awaitsAnAnswer();
            limiter.at(0.2).answered(probe, accepted(50));
            limiter.at(0.2).granted();
            limiter.at(0.3).granted();
        }

        @Test
        void a_probe_without_an_answer_is_followed_by_another() {
            RateLimiterTimeline limiter = fresh();
            Permit probe = limiter.at(0).granted();
            limiter.at(10).answered(probe, unanswered());
            limiter.at(10).granted();
            limiter.at(10.1).awaitsAnAnswer();
        }

        @Test
        void a_probe_whose_sender_crashed_blocks_for_30_seconds() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).granted();
            limiter.at(29.999).awaitsAnAnswer();
            limiter.at(30).granted();
            limiter.at(30.1).awaitsAnAnswer();
        }

        @Test
        void an_answer_from_a_sender_assumed_crashed_still_counts() {
            RateLimiterTimeline limiter = fresh();
            Permit slow = limiter.at(0).granted();
            limiter.at(31).answered(slow, throttledFor(10));
            limiter.at(31).closedFor(10);
        }

        @Test
        void an_accepting_api_that_reports_no_quota_is_limited_by_the_pace_alone() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), acceptedWithoutQuota());
            for (int i = 1; i <= many(); i++) {
                limiter.at(i / 1000.0).granted();
            }
        }

        @Test
        void a_quota_that_answers_stop_reporting_no_longer_applies() {
            RateLimiterTimeline limiter = knowing(1);
            limiter.at(1).answered(limiter.granted(), acceptedWithoutQuota());
            limiter.at(1.1).granted();
            limiter.at(1.2).granted();
        }

        static RefreshOutcome[] errorsFromBehindTheLimiter() {
            return new RefreshOutcome[] {
                new RefreshOutcome.Refused(error(400)),
                new RefreshOutcome.Forbidden(error(403)),
                new RefreshOutcome.CollectionNotFound(error(404)),
                new RefreshOutcome.Failed(error(404))
            };
        }

        @ParameterizedTest
        @MethodSource("errorsFromBehindTheLimiter")
        void a_client_error_shows_that_requests_pass(RefreshOutcome outcome) {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), outcome);
            limiter.at(0.1).granted();
            limiter.at(0.2).granted();
        }

        static RefreshOutcome[] answersThatTellNothing() {
            return new RefreshOutcome[] {
                new RefreshOutcome.Failed(error(500)),
                new RefreshOutcome.Failed(error(301)),
                new RefreshOutcome.KeyRefused(error(0)),
                new RefreshOutcome.KeyRefused(error(401)),
                unanswered()
            };
        }

        @ParameterizedTest
        @MethodSource("answersThatTellNothing")
        void other_failures_tell_nothing(RefreshOutcome outcome) {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), outcome);
            limiter.at(0.1).granted();
            limiter.at(0.2).awaitsAnAnswer();
        }

        @Test
        void an_error_from_before_a_closing_does_not_end_the_probing_after_it() {
            RateLimiterTimeline limiter = knowing(50);
            Permit throttled = limiter.at(1).granted();
            Permit slow = limiter.at(1).granted();
            limiter.at(2).answered(throttled, throttledFor(1));
            limiter.at(3).awaitsAnAnswer();
            limiter.at(3.5).answered(slow, new RefreshOutcome.CollectionNotFound(error(404)));
            limiter.at(3.5).granted();
            limiter.at(3.6).awaitsAnAnswer();
        }
    }

    @Nested
    class KnownQuota {
        @Test
        void no_more_are_granted_than_remain() {
            RateLimiterTimeline limiter = knowing(2);
            limiter.at(1).granted();
            limiter.at(1).granted();
            limiter.at(1).awaitsAnAnswer();
        }

        @Test
        void a_failed_request_gives_its_unit_back() {
            RateLimiterTimeline limiter = knowing(1);
            limiter.at(1).answered(limiter.granted(), unanswered());
            limiter.at(2).answered(limiter.granted(), new RefreshOutcome.Forbidden(error(403)));
            limiter.at(3).answered(limiter.granted(), new RefreshOutcome.Failed(error(500)));
            limiter.at(4).granted();
            limiter.at(4).awaitsAnAnswer();
        }

        @Test
        void the_unit_of_a_crashed_sender_is_free_after_30_seconds() {
            RateLimiterTimeline limiter = knowing(1);
            limiter.at(1).granted();
            limiter.at(30.999).awaitsAnAnswer();
            limiter.at(31).granted();
        }

        @Test
        void when_nothing_remains_it_closes_before_a_429_says_so() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), accepted(100L, 0L, t(3600), null));
            limiter.at(0).closedFor(3600);
            limiter.at(3599.9999).closedFor(0.001);
            limiter.at(3600).granted();
        }

        @Test
        void the_wait_that_comes_with_the_last_request_counts_before_the_reset() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), accepted(100L, 0L, t(3600), seconds(9.61)));
            limiter.at(1).closedFor(8.61);
            Permit probe = limiter.at(9.61).granted();
            limiter.at(9.7).awaitsAnAnswer();
            limiter.at(9.8).answered(probe, accepted(1));
            limiter.at(9.8).granted();
        }

        @Test
        void a_wait_of_zero_opens_at_once_for_one_request() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), accepted(100L, 0L, t(3600), seconds(0)));
            limiter.at(0.1).granted();
            limiter.at(0.1).awaitsAnAnswer();
        }

        @Test
        void a_wait_beyond_the_reset_is_waited_to_its_end() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), accepted(100L, 0L, t(5), seconds(8)));
            limiter.at(5).closedFor(3);
            limiter.at(8).granted();
        }

        @Test
        void a_wait_while_something_remains_is_ignored() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), accepted(100L, 3L, t(3600), seconds(9.61)));
            limiter.at(0.1).granted();
        }

        @Test
        void when_nothing_remains_and_no_time_is_reported_it_tries_after_2_seconds() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), accepted(100L, 0L, null, null));
            limiter.at(0).closedFor(2);
            limiter.at(2).granted();
            limiter.at(2).awaitsAnAnswer();
        }

        @Test
        void while_answers_are_awaited_it_is_not_closed_because_they_may_be_of_the_next_window() {
            RateLimiterTimeline limiter = knowing(50);
            Permit first = limiter.at(1).granted();
            Permit second = limiter.at(1).granted();
            limiter.at(2).answered(first, accepted(0));
            limiter.at(2).awaitsAnAnswer();
            limiter.at(3).answered(second, accepted(100L, 7L, t(3900), null));
            limiter.at(3).granted();
        }

        @Test
        void it_closes_as_soon_as_the_last_answer_changed_nothing() {
            RateLimiterTimeline limiter = knowing(50);
            Permit first = limiter.at(1).granted();
            Permit second = limiter.at(1).granted();
            limiter.at(2).answered(first, accepted(0));
            limiter.at(3).answered(second, unanswered());
            limiter.at(3).closedFor(3597);
        }

        @Test
        void after_the_reset_one_request_probes() {
            RateLimiterTimeline limiter = knowing(50);
            limiter.at(3599).granted();
            limiter.at(3600).awaitsAnAnswer();
            limiter.at(3629).granted();
            limiter.at(3629.1).awaitsAnAnswer();
        }
    }

    @Nested
    class AnswersOutOfOrder {
        @Test
        void an_older_request_cannot_raise_what_remains() {
            RateLimiterTimeline limiter = knowing(50);
            Permit older = limiter.at(1).granted();
            Permit newer = limiter.at(1).granted();
            limiter.at(2).answered(newer, accepted(1));
            limiter.at(3).answered(older, accepted(40));
            limiter.at(4).granted();
            limiter.at(4).awaitsAnAnswer();
        }

        @Test
        void a_request_that_was_in_flight_with_another_cannot_raise_what_remains() {
            // Granted later, but counted by the API before the other one.
            RateLimiterTimeline limiter = knowing(50);
            Permit countedLast = limiter.at(1).granted();
            Permit countedFirst = limiter.at(1).granted();
            limiter.at(2).answered(countedLast, accepted(1));
            limiter.at(2).answered(countedFirst, accepted(2));
            limiter.at(3).granted();
            limiter.at(3).awaitsAnAnswer();
        }

        @Test
        void a_failed_request_may_have_counted_but_does_not_close_the_limiter() {
            RateLimiterTimeline limiter = knowing(3);
            limiter.at(1).answered(limiter.granted(), new RefreshOutcome.Unknown("cut"));
            limiter.at(2).granted();
            limiter.at(2).granted();
            limiter.at(2).awaitsAnAnswer();

            RateLimiterTimeline almostClosed = knowing(1);
            almostClosed.at(1).answered(almostClosed.granted(), new RefreshOutcome.Unknown("cut"));
            almostClosed.at(2).granted();
        }

        @Test
        void an_older_request_can_lower_what_remains() {
            RateLimiterTimeline limiter = knowing(50);
            Permit older = limiter.at(1).granted();
            Permit newer = limiter.at(1).granted();
            limiter.at(2).answered(newer, accepted(40));
            limiter.at(3).answered(older, accepted(1));
            limiter.at(4).granted();
            limiter.at(4).awaitsAnAnswer();
        }

        @Test
        void a_newer_request_can_raise_what_remains() {
            RateLimiterTimeline limiter = knowing(1);
            limiter.at(1).answered(limiter.granted(), accepted(3));
            limiter.at(2).granted();
            limiter.at(2).granted();
        }

        @Test
        void an_older_request_without_quota_changes_nothing() {
            RateLimiterTimeline limiter = knowing(50);
            Permit older = limiter.at(1).granted();
            Permit newer = limiter.at(1).granted();
            limiter.at(2).answered(newer, accepted(1));
            limiter.at(3).answered(older, acceptedWithoutQuota());
            limiter.at(4).granted();
            limiter.at(4).awaitsAnAnswer();
        }

        @Test
        void the_last_answer_of_an_ended_window_does_not_close_the_next() {
            RateLimiterTimeline limiter = knowing(50);
            Permit last = limiter.at(3599).granted();
            limiter.at(3601).answered(last, accepted(100L, 0L, t(3600), null));
            limiter.at(3601).granted();
            limiter.at(3601.1).awaitsAnAnswer();
        }

        @Test
        void the_last_answer_of_an_old_window_says_nothing_about_the_new_one() {
            RateLimiterTimeline limiter = knowing(50);
            Permit old = limiter.at(3599).granted();
            limiter.at(3629).answered(limiter.granted(), accepted(100L, 99L, t(7200), null));
            limiter.at(3630).answered(old, accepted(100L, 0L, t(3600), null));
            limiter.at(3631).granted();
        }
    }

    @Nested
    class Throttled {
        @Test
        void it_closes_for_the_requested_wait() {
            RateLimiterTimeline limiter = knowing(50);
            limiter.at(1).answered(limiter.granted(), throttledFor(9.61));
            limiter.at(1).closedFor(9.61);
            limiter.at(10.6095).closedFor(0.001);
            limiter.at(10.61).granted();
            limiter.at(10.7).awaitsAnAnswer();
        }

        @Test
        void without_a_wait_it_closes_until_the_reset() {
            RateLimiterTimeline limiter = knowing(50);
            limiter.at(100).answered(limiter.granted(), throttled(0L, t(3600), null));
            limiter.at(100).closedFor(3500);
        }

        @Test
        void the_reset_of_a_window_with_requests_left_is_not_the_wait() {
            RateLimiterTimeline limiter = knowing(50);
            limiter.at(100).answered(limiter.granted(), throttled(49L, t(3600), null));
            limiter.at(100).closedFor(2);
        }

        @Test
        void a_wait_of_zero_is_no_wait() {
            RateLimiterTimeline limiter = knowing(50);
            limiter.at(1).answered(limiter.granted(), throttledFor(0));
            limiter.at(1).closedFor(2);
        }

        @Test
        void without_a_requested_wait_it_doubles_from_2_seconds_to_15_minutes_and_after_a_day_to_an_hour() {
            RateLimiterTimeline limiter = fresh();
            double at = 0;
            for (double wait : new double[] {2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
                limiter.at(at).answered(limiter.granted(), throttledTellingNothing());
                limiter.closedFor(wait);
                at += wait;
            }
            while (at < 24 * 3600) {
                limiter.at(at).answered(limiter.granted(), throttledTellingNothing());
                limiter.closedFor(900);
                at += 900;
            }
            limiter.at(at).answered(limiter.granted(), throttledTellingNothing());
            limiter.closedFor(3600);
        }

        @Test
        void a_key_that_is_refused_for_the_third_time_closes_as_long_as_a_429_that_names_no_wait() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), new RefreshOutcome.KeyRefused(error(401)));
            limiter.at(1).answered(limiter.granted(), new RefreshOutcome.KeyRefused(error(401)));
            limiter.at(2).answered(limiter.granted(), new RefreshOutcome.KeyRefused(error(401)));
            limiter.at(2).closedFor(2);
            limiter.at(4).answered(limiter.granted(), new RefreshOutcome.KeyRefused(error(401)));
            limiter.at(4).closedFor(4);
            limiter.at(8).answered(limiter.granted(), accepted(5));
            limiter.at(9).granted();
        }

        @Test
        void an_acceptance_ends_the_doubling() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(2).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(6).answered(limiter.granted(), accepted(5));
            limiter.at(7).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(7).closedFor(2);
        }

        /** Otherwise a search for refused tokens behind a limiter of one request a second takes half an hour. */
        @Test
        void a_refused_request_got_through_so_it_ends_the_doubling_and_the_next_429_slows_the_pace() {
            var limiter = new RateLimiterTimeline(limiter(4));
            limiter.at(0).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(2).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(6).answered(limiter.granted(), new RefreshOutcome.Refused(error(400)));
            limiter.at(7).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(7).closedFor(2);
            limiter.at(9).answered(limiter.granted(), acceptedWithoutQuota());
            limiter.at(9).pacedFor(1);
        }

        /** A firewall's page may come from what throttles. */
        @Test
        void an_answer_that_is_not_of_immutable_does_not_end_the_doubling() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(2).answered(limiter.granted(), new RefreshOutcome.Failed(error(403)));
            limiter.at(7).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(7).closedFor(4);
        }

        @Test
        void the_acceptance_of_an_earlier_request_does_not_end_the_doubling() {
            RateLimiterTimeline limiter = knowing(50);
            Permit throttled = limiter.at(1).granted();
            Permit slow = limiter.at(1).granted();
            limiter.at(2).answered(throttled, throttledTellingNothing());
            limiter.at(3).answered(slow, accepted(40));
            limiter.at(4).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(4).closedFor(4);
        }

        @Test
        void a_stricter_limiter_in_front_of_the_api_slows_the_pace_until_it_rarely_refuses() {
            var limiter = new RateLimiterTimeline(limiter(4));
            double at = 0;
            double last = -1;
            int throttled = 0;
            for (int accepted = 0; accepted < 500; ) {
                Duration wait = limiter.at(at).waits();
                if (wait.isPositive()) {
                    at += wait.toMillis() / 1000.0;
                    continue;
                }
                Permit permit = limiter.granted();
                if (at - last < 1) {
                    limiter.answered(permit, throttledTellingNothing());
                    throttled++;
                } else {
                    limiter.answered(permit, acceptedWithoutQuota());
                    last = at;
                    accepted++;
                }
            }
            assertThat(throttled).isBetween(2, 2 + 500 / 50);
            assertThat(at).isLessThan(1.1 * 500);
        }

        @Test
        void requests_throttled_together_double_the_wait_once() {
            RateLimiterTimeline limiter = knowing(50);
            Permit first = limiter.at(1).granted();
            Permit second = limiter.at(1).granted();
            Permit third = limiter.at(1).granted();
            limiter.at(2).answered(first, throttledTellingNothing());
            limiter.at(2).answered(second, throttledTellingNothing());
            limiter.at(2).answered(third, throttledTellingNothing());
            limiter.at(2).closedFor(2);
            limiter.at(4).answered(limiter.granted(), throttledTellingNothing());
            limiter.at(4).closedFor(4);
        }

        @Test
        void a_shorter_wait_does_not_shorten_a_longer_one() {
            RateLimiterTimeline limiter = knowing(50);
            Permit first = limiter.at(1).granted();
            Permit second = limiter.at(1).granted();
            limiter.at(2).answered(first, throttledFor(60));
            limiter.at(3).answered(second, throttledFor(1));
            limiter.at(3).closedFor(59);
        }

        @Test
        void a_longer_wait_lengthens_a_shorter_one() {
            RateLimiterTimeline limiter = knowing(50);
            Permit first = limiter.at(1).granted();
            Permit second = limiter.at(1).granted();
            limiter.at(2).answered(first, throttledFor(1));
            limiter.at(2.5).answered(second, throttledFor(60));
            limiter.at(2.5).closedFor(60);
        }

        @Test
        void an_acceptance_does_not_reopen() {
            RateLimiterTimeline limiter = knowing(50);
            Permit first = limiter.at(1).granted();
            Permit second = limiter.at(1).granted();
            limiter.at(2).answered(first, throttledFor(60));
            limiter.at(3).answered(second, accepted(48));
            limiter.at(3).closedFor(59);
        }

        @Test
        void closed_takes_precedence_over_paced() {
            var limiter = new RateLimiterTimeline(limiter(0.01));
            limiter.at(0).answered(limiter.granted(), throttledFor(10));
            limiter.at(1).closedFor(9);
            limiter.at(10).pacedFor(90);
        }
    }

    @Nested
    class FailuresInARow {
        @Test
        void they_are_counted_until_a_request_is_accepted() {
            RateLimiterTimeline limiter = knowing(50);
            assertThat(limiter.at(1).answered(limiter.granted(), unanswered())).isEqualTo(1);
            assertThat(limiter.at(2).answered(limiter.granted(), new RefreshOutcome.Failed(error(500))))
                    .isEqualTo(2);
            assertThat(limiter.at(3).answered(limiter.granted(), new RefreshOutcome.KeyRefused(error(401))))
                    .isEqualTo(3);
            assertThat(limiter.at(5).answered(limiter.granted(), accepted(40))).isZero();
            assertThat(limiter.at(6).answered(limiter.granted(), unanswered())).isEqualTo(1);
        }

        @Test
        void requests_in_flight_together_fail_once() {
            RateLimiterTimeline limiter = knowing(50);
            Permit first = limiter.at(1).granted();
            Permit second = limiter.at(1).granted();
            assertThat(limiter.at(2).answered(first, unanswered())).isEqualTo(1);
            assertThat(limiter.at(2).answered(second, unanswered())).isEqualTo(1);
            assertThat(limiter.at(3).answered(limiter.granted(), unanswered())).isEqualTo(2);
        }

        @Test
        void a_refusal_by_quota_or_collection_is_no_failure_of_the_api() {
            RateLimiterTimeline limiter = knowing(50);
            limiter.at(1).answered(limiter.granted(), unanswered());
            assertThat(limiter.at(2).answered(limiter.granted(), new RefreshOutcome.Refused(error(400))))
                    .isEqualTo(1);
            assertThat(limiter.at(3).answered(limiter.granted(), new RefreshOutcome.CollectionNotFound(error(404))))
                    .isEqualTo(1);
            assertThat(limiter.at(4).answered(limiter.granted(), new RefreshOutcome.Forbidden(error(403))))
                    .isEqualTo(1);
            assertThat(limiter.at(5).answered(limiter.granted(), throttledFor(1)))
                    .isEqualTo(1);
        }
    }

    @Nested
    class ImplausibleAnswers {
        @Test
        void more_remaining_than_the_limit_is_not_believed() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), accepted(1L, 2L, t(3600), null));
            for (int i = 1; i < 10; i++) {
                limiter.at(i).granted();
            }
        }

        @Test
        void a_limit_of_0_is_not_believed_of_an_api_that_accepts() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), accepted(0L, 0L, t(3600), null));
            limiter.at(1).granted();
        }

        @Test
        void a_reset_in_the_past_is_ignored() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(10).answered(limiter.granted(), accepted(100L, 2L, t(9), null));
            limiter.at(11).granted();
            limiter.at(11).granted();
            limiter.at(11).awaitsAnAnswer();
        }

        @Test
        void a_reset_days_ahead_is_ignored() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), accepted(100L, 0L, t(25 * 3600 + 1), null));
            limiter.at(0).closedFor(2);
        }

        @Test
        void a_wait_of_65_minutes_is_believed() {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), throttledFor(65 * 60));
            limiter.at(0).closedFor(65 * 60);
        }

        static RefreshOutcome[] hoursToWait() {
            return new RefreshOutcome[] {
                throttledFor(65 * 60 + 1),
                throttled(null, null, Duration.ofDays(7)),
                throttled(0L, t(30 * 3600), Duration.ofSeconds(Long.MAX_VALUE)),
                throttled(0L, t(24 * 3600), null),
                accepted(100L, 0L, t(24 * 3600), null),
                accepted(100L, 0L, t(3600), Duration.ofDays(7)),
                accepted(100L, 0L, null, Duration.ofDays(7))
            };
        }

        @ParameterizedTest
        @MethodSource("hoursToWait")
        void a_wait_of_hours_is_not_believed_and_one_request_finds_out_after_15_minutes(RefreshOutcome outcome) {
            RateLimiterTimeline limiter = fresh();
            limiter.at(0).answered(limiter.granted(), outcome);
            limiter.at(0).closedFor(900);
            limiter.at(899.9).closedFor(0.1);
            limiter.at(900).granted();
            limiter.at(900.1).awaitsAnAnswer();
        }

        @Test
        void while_it_is_reported_again_it_is_probed_after_twice_as_long_up_to_two_hours() {
            RateLimiterTimeline limiter = fresh();
            double at = 0;
            for (int minutes : new int[] {15, 30, 60, 120, 120}) {
                limiter.at(at).answered(limiter.granted(), throttled(null, null, Duration.ofDays(7)));
                limiter.closedFor(60 * minutes);
                at += 60 * minutes;
            }
            limiter.at(at).answered(limiter.granted(), accepted(100L, 50L, t(at + 3600), null));
            limiter.at(at + 1).answered(limiter.granted(), throttled(null, null, Duration.ofDays(7)));
            limiter.at(at + 1).closedFor(900);
        }

        @Test
        void requests_in_flight_together_that_report_a_long_wait_count_once() {
            RateLimiterTimeline limiter = knowing(50);
            Permit first = limiter.at(1).granted();
            Permit second = limiter.at(1).granted();
            limiter.at(2).answered(first, throttled(null, null, Duration.ofDays(7)));
            limiter.at(2).answered(second, throttled(null, null, Duration.ofDays(7)));
            limiter.at(2).closedFor(900);
        }

        @Test
        void a_permit_given_back_twice_counts_once() {
            RateLimiterTimeline limiter = knowing(3);
            Permit permit = limiter.at(1).granted();
            limiter.at(2).answered(permit, unanswered());
            limiter.at(2).answered(permit, unanswered());
            limiter.at(3).granted();
            limiter.at(3).granted();
            limiter.at(3).awaitsAnAnswer();
        }
    }
}
