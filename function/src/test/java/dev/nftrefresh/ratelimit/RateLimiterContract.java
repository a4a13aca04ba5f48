package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.accepted;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.acceptedTellingNothing;
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

/** What holds for every gate, wherever it keeps what it knows. */
public abstract class RateLimiterContract {
    /** Fast enough that the pace does not matter where it is not the matter. */
    private static final double FAST = 1e9;

    /** A gate that has heard nothing. */
    protected abstract RateLimiter gate(double maxRequestsPerSecond);

    /** How many requests stand for any number of them; fewer where each takes long. */
    protected int many() {
        return 1_000;
    }

    private RateLimiterTimeline fresh() {
        return new RateLimiterTimeline(gate(FAST));
    }

    /** A gate that knows, since t0, that so many of 100 remain until t0 + 1 h. */
    private RateLimiterTimeline knowing(long remaining) {
        RateLimiterTimeline gate = fresh();
        gate.answered(gate.granted(), accepted(remaining));
        return gate.at(0.1);
    }

    @Nested
    class Pacing {
        private RateLimiterTimeline unbounded(double maxRequestsPerSecond) {
            var gate = new RateLimiterTimeline(gate(maxRequestsPerSecond));
            gate.answered(gate.granted(), acceptedTellingNothing());
            return gate;
        }

        @Test
        void requests_keep_their_distance() {
            RateLimiterTimeline gate = unbounded(5);
            gate.at(0).pacedFor(0.2);
            gate.at(0.15).pacedFor(0.05);
            gate.at(0.2).granted();
            gate.at(0.2).pacedFor(0.2);
        }

        @Test
        void idle_time_is_not_saved_up() {
            RateLimiterTimeline gate = unbounded(5);
            gate.at(60).granted();
            gate.at(60).pacedFor(0.2);
        }

        @Test
        void a_refusal_costs_nothing() {
            RateLimiterTimeline gate = unbounded(5);
            for (int i = 0; i < 10; i++) {
                gate.at(0.1).pacedFor(0.1);
            }
            gate.at(0.2).granted();
        }

        @Test
        void a_third_of_a_second_three_times_is_not_less_than_a_second() {
            RateLimiterTimeline gate = unbounded(3);
            double at = 0;
            for (int i = 0; i < 3; i++) {
                at += 0.333333334;
                gate.at(at - 0.000000002).pacedFor(0.000000002);
                gate.at(at).granted();
            }
            assertThat(at).isGreaterThanOrEqualTo(1);
        }

        @Test
        void less_than_one_request_a_second_is_a_pace_too() {
            RateLimiterTimeline gate = unbounded(0.1);
            gate.at(9).pacedFor(1);
            gate.at(10).granted();
        }
    }

    @Nested
    class Probing {
        @Test
        void at_first_one_request_finds_out_for_all() {
            RateLimiterTimeline gate = fresh();
            Permit probe = gate.at(0).granted();
            gate.at(0.1).awaitsAnAnswer();
            gate.at(0.2).answered(probe, accepted(50));
            gate.at(0.2).granted();
            gate.at(0.3).granted();
        }

        @Test
        void a_probe_without_an_answer_is_followed_by_another() {
            RateLimiterTimeline gate = fresh();
            Permit probe = gate.at(0).granted();
            gate.at(10).answered(probe, unanswered());
            gate.at(10).granted();
            gate.at(10.1).awaitsAnAnswer();
        }

        @Test
        void a_probe_whose_sender_died_blocks_for_30_seconds() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).granted();
            gate.at(29.999).awaitsAnAnswer();
            gate.at(30).granted();
            gate.at(30.1).awaitsAnAnswer();
        }

        @Test
        void what_a_sender_taken_for_dead_tells_still_counts() {
            RateLimiterTimeline gate = fresh();
            Permit slow = gate.at(0).granted();
            gate.at(31).answered(slow, throttledFor(10));
            gate.at(31).closedFor(10);
        }

        @Test
        void an_accepting_api_that_tells_no_quota_is_bounded_by_the_pace_alone() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), acceptedTellingNothing());
            for (int i = 1; i <= many(); i++) {
                gate.at(i / 1000.0).granted();
            }
        }

        @Test
        void a_quota_that_answers_stop_telling_binds_no_longer() {
            RateLimiterTimeline gate = knowing(1);
            gate.at(1).answered(gate.granted(), acceptedTellingNothing());
            gate.at(1.1).granted();
            gate.at(1.2).granted();
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
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), outcome);
            gate.at(0.1).granted();
            gate.at(0.2).granted();
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
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), outcome);
            gate.at(0.1).granted();
            gate.at(0.2).awaitsAnAnswer();
        }

        @Test
        void an_error_from_before_a_closing_does_not_end_the_probing_after_it() {
            RateLimiterTimeline gate = knowing(50);
            Permit throttled = gate.at(1).granted();
            Permit slow = gate.at(1).granted();
            gate.at(2).answered(throttled, throttledFor(1));
            gate.at(3).awaitsAnAnswer();
            gate.at(3.5).answered(slow, new RefreshOutcome.CollectionNotFound(error(404)));
            gate.at(3.5).granted();
            gate.at(3.6).awaitsAnAnswer();
        }
    }

    @Nested
    class KnownQuota {
        @Test
        void no_more_go_than_remain() {
            RateLimiterTimeline gate = knowing(2);
            gate.at(1).granted();
            gate.at(1).granted();
            gate.at(1).awaitsAnAnswer();
        }

        @Test
        void what_fails_gives_its_place_back() {
            RateLimiterTimeline gate = knowing(1);
            gate.at(1).answered(gate.granted(), unanswered());
            gate.at(2).answered(gate.granted(), new RefreshOutcome.Forbidden(error(403)));
            gate.at(3).answered(gate.granted(), new RefreshOutcome.Failed(error(500)));
            gate.at(4).granted();
            gate.at(4).awaitsAnAnswer();
        }

        @Test
        void the_place_of_a_dead_sender_is_free_after_30_seconds() {
            RateLimiterTimeline gate = knowing(1);
            gate.at(1).granted();
            gate.at(30.999).awaitsAnAnswer();
            gate.at(31).granted();
        }

        @Test
        void when_nothing_remains_it_closes_before_a_429_says_so() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), accepted(100L, 0L, t(3600), null));
            gate.at(0).closedFor(3600);
            gate.at(3599.9999).closedFor(0.001);
            gate.at(3600).granted();
        }

        @Test
        void the_wait_that_comes_with_the_last_request_counts_before_the_reset() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), accepted(100L, 0L, t(3600), seconds(9.61)));
            gate.at(1).closedFor(8.61);
            Permit probe = gate.at(9.61).granted();
            gate.at(9.7).awaitsAnAnswer();
            gate.at(9.8).answered(probe, accepted(1));
            gate.at(9.8).granted();
        }

        @Test
        void a_wait_of_nothing_opens_at_once_for_one_request() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), accepted(100L, 0L, t(3600), seconds(0)));
            gate.at(0.1).granted();
            gate.at(0.1).awaitsAnAnswer();
        }

        @Test
        void a_wait_that_outlasts_the_reset_is_waited_to_its_end() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), accepted(100L, 0L, t(5), seconds(8)));
            gate.at(5).closedFor(3);
            gate.at(8).granted();
        }

        @Test
        void a_wait_while_something_remains_is_none() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), accepted(100L, 3L, t(3600), seconds(9.61)));
            gate.at(0.1).granted();
        }

        @Test
        void when_nothing_remains_and_no_time_is_told_it_tries_after_2_seconds() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), accepted(100L, 0L, null, null));
            gate.at(0).closedFor(2);
            gate.at(2).granted();
            gate.at(2).awaitsAnAnswer();
        }

        @Test
        void while_answers_are_awaited_it_is_not_closed_because_they_may_be_of_the_next_window() {
            RateLimiterTimeline gate = knowing(50);
            Permit first = gate.at(1).granted();
            Permit second = gate.at(1).granted();
            gate.at(2).answered(first, accepted(0));
            gate.at(2).awaitsAnAnswer();
            gate.at(3).answered(second, accepted(100L, 7L, t(3900), null));
            gate.at(3).granted();
        }

        @Test
        void it_closes_as_soon_as_the_last_answer_changed_nothing() {
            RateLimiterTimeline gate = knowing(50);
            Permit first = gate.at(1).granted();
            Permit second = gate.at(1).granted();
            gate.at(2).answered(first, accepted(0));
            gate.at(3).answered(second, unanswered());
            gate.at(3).closedFor(3597);
        }

        @Test
        void after_the_reset_one_request_finds_out() {
            RateLimiterTimeline gate = knowing(50);
            gate.at(3599).granted();
            gate.at(3600).awaitsAnAnswer();
            gate.at(3629).granted();
            gate.at(3629.1).awaitsAnAnswer();
        }
    }

    @Nested
    class AnswersOutOfOrder {
        @Test
        void an_older_request_cannot_raise_what_remains() {
            RateLimiterTimeline gate = knowing(50);
            Permit older = gate.at(1).granted();
            Permit newer = gate.at(1).granted();
            gate.at(2).answered(newer, accepted(1));
            gate.at(3).answered(older, accepted(40));
            gate.at(4).granted();
            gate.at(4).awaitsAnAnswer();
        }

        @Test
        void a_request_that_was_under_way_with_another_cannot_raise_what_remains() {
            // Granted later, but counted by the API before the other one.
            RateLimiterTimeline gate = knowing(50);
            Permit countedLast = gate.at(1).granted();
            Permit countedFirst = gate.at(1).granted();
            gate.at(2).answered(countedLast, accepted(1));
            gate.at(2).answered(countedFirst, accepted(2));
            gate.at(3).granted();
            gate.at(3).awaitsAnAnswer();
        }

        @Test
        void a_request_that_failed_may_have_counted_but_does_not_close_the_gate() {
            RateLimiterTimeline gate = knowing(3);
            gate.at(1).answered(gate.granted(), new RefreshOutcome.Unknown("cut"));
            gate.at(2).granted();
            gate.at(2).granted();
            gate.at(2).awaitsAnAnswer();

            RateLimiterTimeline almostClosed = knowing(1);
            almostClosed.at(1).answered(almostClosed.granted(), new RefreshOutcome.Unknown("cut"));
            almostClosed.at(2).granted();
        }

        @Test
        void an_older_request_can_lower_what_remains() {
            RateLimiterTimeline gate = knowing(50);
            Permit older = gate.at(1).granted();
            Permit newer = gate.at(1).granted();
            gate.at(2).answered(newer, accepted(40));
            gate.at(3).answered(older, accepted(1));
            gate.at(4).granted();
            gate.at(4).awaitsAnAnswer();
        }

        @Test
        void a_newer_request_can_raise_what_remains() {
            RateLimiterTimeline gate = knowing(1);
            gate.at(1).answered(gate.granted(), accepted(3));
            gate.at(2).granted();
            gate.at(2).granted();
        }

        @Test
        void an_older_request_without_quota_changes_nothing() {
            RateLimiterTimeline gate = knowing(50);
            Permit older = gate.at(1).granted();
            Permit newer = gate.at(1).granted();
            gate.at(2).answered(newer, accepted(1));
            gate.at(3).answered(older, acceptedTellingNothing());
            gate.at(4).granted();
            gate.at(4).awaitsAnAnswer();
        }

        @Test
        void the_last_of_a_window_that_has_ended_does_not_close_the_next() {
            RateLimiterTimeline gate = knowing(50);
            Permit last = gate.at(3599).granted();
            gate.at(3601).answered(last, accepted(100L, 0L, t(3600), null));
            gate.at(3601).granted();
            gate.at(3601.1).awaitsAnAnswer();
        }

        @Test
        void the_last_of_an_old_window_says_nothing_about_the_new_one() {
            RateLimiterTimeline gate = knowing(50);
            Permit old = gate.at(3599).granted();
            gate.at(3629).answered(gate.granted(), accepted(100L, 99L, t(7200), null));
            gate.at(3630).answered(old, accepted(100L, 0L, t(3600), null));
            gate.at(3631).granted();
        }
    }

    @Nested
    class Throttled {
        @Test
        void it_closes_for_the_wait_asked() {
            RateLimiterTimeline gate = knowing(50);
            gate.at(1).answered(gate.granted(), throttledFor(9.61));
            gate.at(1).closedFor(9.61);
            gate.at(10.6095).closedFor(0.001);
            gate.at(10.61).granted();
            gate.at(10.7).awaitsAnAnswer();
        }

        @Test
        void without_a_wait_it_closes_until_the_reset() {
            RateLimiterTimeline gate = knowing(50);
            gate.at(100).answered(gate.granted(), throttled(0L, t(3600), null));
            gate.at(100).closedFor(3500);
        }

        @Test
        void the_reset_of_a_window_with_requests_left_is_not_the_wait() {
            RateLimiterTimeline gate = knowing(50);
            gate.at(100).answered(gate.granted(), throttled(49L, t(3600), null));
            gate.at(100).closedFor(2);
        }

        @Test
        void a_wait_of_nothing_is_no_wait() {
            RateLimiterTimeline gate = knowing(50);
            gate.at(1).answered(gate.granted(), throttledFor(0));
            gate.at(1).closedFor(2);
        }

        @Test
        void without_any_time_it_doubles_from_2_seconds_to_15_minutes_and_after_a_day_to_an_hour() {
            RateLimiterTimeline gate = fresh();
            double at = 0;
            for (double wait : new double[] {2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
                gate.at(at).answered(gate.granted(), throttledTellingNothing());
                gate.closedFor(wait);
                at += wait;
            }
            while (at < 24 * 3600) {
                gate.at(at).answered(gate.granted(), throttledTellingNothing());
                gate.closedFor(900);
                at += 900;
            }
            gate.at(at).answered(gate.granted(), throttledTellingNothing());
            gate.closedFor(3600);
        }

        @Test
        void a_key_that_is_refused_for_the_third_time_closes_as_long_as_a_429_that_names_no_wait() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), new RefreshOutcome.KeyRefused(error(401)));
            gate.at(1).answered(gate.granted(), new RefreshOutcome.KeyRefused(error(401)));
            gate.at(2).answered(gate.granted(), new RefreshOutcome.KeyRefused(error(401)));
            gate.at(2).closedFor(2);
            gate.at(4).answered(gate.granted(), new RefreshOutcome.KeyRefused(error(401)));
            gate.at(4).closedFor(4);
            gate.at(8).answered(gate.granted(), accepted(5));
            gate.at(9).granted();
        }

        @Test
        void an_acceptance_ends_the_doubling() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), throttledTellingNothing());
            gate.at(2).answered(gate.granted(), throttledTellingNothing());
            gate.at(6).answered(gate.granted(), accepted(5));
            gate.at(7).answered(gate.granted(), throttledTellingNothing());
            gate.at(7).closedFor(2);
        }

        @Test
        void the_acceptance_of_what_went_before_does_not_end_the_doubling() {
            RateLimiterTimeline gate = knowing(50);
            Permit throttled = gate.at(1).granted();
            Permit slow = gate.at(1).granted();
            gate.at(2).answered(throttled, throttledTellingNothing());
            gate.at(3).answered(slow, accepted(40));
            gate.at(4).answered(gate.granted(), throttledTellingNothing());
            gate.at(4).closedFor(4);
        }

        @Test
        void a_limiter_in_front_that_lets_fewer_through_slows_the_pace_until_it_rarely_says_no() {
            var gate = new RateLimiterTimeline(gate(4));
            double at = 0;
            double last = -1;
            int throttled = 0;
            for (int accepted = 0; accepted < 500; ) {
                Duration wait = gate.at(at).waits();
                if (wait.isPositive()) {
                    at += wait.toMillis() / 1000.0;
                    continue;
                }
                Permit permit = gate.granted();
                if (at - last < 1) {
                    gate.answered(permit, throttledTellingNothing());
                    throttled++;
                } else {
                    gate.answered(permit, acceptedTellingNothing());
                    last = at;
                    accepted++;
                }
            }
            assertThat(throttled).isBetween(2, 2 + 500 / 50);
            assertThat(at).isLessThan(1.1 * 500);
        }

        @Test
        void what_was_throttled_together_doubles_once() {
            RateLimiterTimeline gate = knowing(50);
            Permit first = gate.at(1).granted();
            Permit second = gate.at(1).granted();
            Permit third = gate.at(1).granted();
            gate.at(2).answered(first, throttledTellingNothing());
            gate.at(2).answered(second, throttledTellingNothing());
            gate.at(2).answered(third, throttledTellingNothing());
            gate.at(2).closedFor(2);
            gate.at(4).answered(gate.granted(), throttledTellingNothing());
            gate.at(4).closedFor(4);
        }

        @Test
        void a_shorter_wait_does_not_shorten_a_longer_one() {
            RateLimiterTimeline gate = knowing(50);
            Permit first = gate.at(1).granted();
            Permit second = gate.at(1).granted();
            gate.at(2).answered(first, throttledFor(60));
            gate.at(3).answered(second, throttledFor(1));
            gate.at(3).closedFor(59);
        }

        @Test
        void a_longer_wait_lengthens_a_shorter_one() {
            RateLimiterTimeline gate = knowing(50);
            Permit first = gate.at(1).granted();
            Permit second = gate.at(1).granted();
            gate.at(2).answered(first, throttledFor(1));
            gate.at(2.5).answered(second, throttledFor(60));
            gate.at(2.5).closedFor(60);
        }

        @Test
        void an_acceptance_does_not_reopen() {
            RateLimiterTimeline gate = knowing(50);
            Permit first = gate.at(1).granted();
            Permit second = gate.at(1).granted();
            gate.at(2).answered(first, throttledFor(60));
            gate.at(3).answered(second, accepted(48));
            gate.at(3).closedFor(59);
        }

        @Test
        void closed_goes_before_paced() {
            var gate = new RateLimiterTimeline(gate(0.01));
            gate.at(0).answered(gate.granted(), throttledFor(10));
            gate.at(1).closedFor(9);
            gate.at(10).pacedFor(90);
        }
    }

    @Nested
    class FailuresInARow {
        @Test
        void they_are_counted_until_a_request_is_accepted() {
            RateLimiterTimeline gate = knowing(50);
            assertThat(gate.at(1).answered(gate.granted(), unanswered())).isEqualTo(1);
            assertThat(gate.at(2).answered(gate.granted(), new RefreshOutcome.Failed(error(500))))
                    .isEqualTo(2);
            assertThat(gate.at(3).answered(gate.granted(), new RefreshOutcome.KeyRefused(error(401))))
                    .isEqualTo(3);
            assertThat(gate.at(5).answered(gate.granted(), accepted(40))).isZero();
            assertThat(gate.at(6).answered(gate.granted(), unanswered())).isEqualTo(1);
        }

        @Test
        void what_was_under_way_together_fails_once() {
            RateLimiterTimeline gate = knowing(50);
            Permit first = gate.at(1).granted();
            Permit second = gate.at(1).granted();
            assertThat(gate.at(2).answered(first, unanswered())).isEqualTo(1);
            assertThat(gate.at(2).answered(second, unanswered())).isEqualTo(1);
            assertThat(gate.at(3).answered(gate.granted(), unanswered())).isEqualTo(2);
        }

        @Test
        void what_the_quota_or_a_collection_says_no_to_is_no_failure_of_the_api() {
            RateLimiterTimeline gate = knowing(50);
            gate.at(1).answered(gate.granted(), unanswered());
            assertThat(gate.at(2).answered(gate.granted(), new RefreshOutcome.Refused(error(400))))
                    .isEqualTo(1);
            assertThat(gate.at(3).answered(gate.granted(), new RefreshOutcome.CollectionNotFound(error(404))))
                    .isEqualTo(1);
            assertThat(gate.at(4).answered(gate.granted(), new RefreshOutcome.Forbidden(error(403))))
                    .isEqualTo(1);
            assertThat(gate.at(5).answered(gate.granted(), throttledFor(1))).isEqualTo(1);
        }
    }

    @Nested
    class Nonsense {
        @Test
        void more_remaining_than_the_limit_is_not_believed() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), accepted(1L, 2L, t(3600), null));
            for (int i = 1; i < 10; i++) {
                gate.at(i).granted();
            }
        }

        @Test
        void a_limit_of_0_is_not_believed_of_an_api_that_accepts() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), accepted(0L, 0L, t(3600), null));
            gate.at(1).granted();
        }

        @Test
        void a_reset_in_the_past_is_ignored() {
            RateLimiterTimeline gate = fresh();
            gate.at(10).answered(gate.granted(), accepted(100L, 2L, t(9), null));
            gate.at(11).granted();
            gate.at(11).granted();
            gate.at(11).awaitsAnAnswer();
        }

        @Test
        void a_reset_days_ahead_is_ignored() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), accepted(100L, 0L, t(25 * 3600 + 1), null));
            gate.at(0).closedFor(2);
        }

        @Test
        void a_wait_of_65_minutes_is_believed() {
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), throttledFor(65 * 60));
            gate.at(0).closedFor(65 * 60);
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
            RateLimiterTimeline gate = fresh();
            gate.at(0).answered(gate.granted(), outcome);
            gate.at(0).closedFor(900);
            gate.at(899.9).closedFor(0.1);
            gate.at(900).granted();
            gate.at(900.1).awaitsAnAnswer();
        }

        @Test
        void as_long_as_it_is_told_again_it_is_probed_after_twice_as_long_up_to_two_hours() {
            RateLimiterTimeline gate = fresh();
            double at = 0;
            for (int minutes : new int[] {15, 30, 60, 120, 120}) {
                gate.at(at).answered(gate.granted(), throttled(null, null, Duration.ofDays(7)));
                gate.closedFor(60 * minutes);
                at += 60 * minutes;
            }
            gate.at(at).answered(gate.granted(), accepted(100L, 50L, t(at + 3600), null));
            gate.at(at + 1).answered(gate.granted(), throttled(null, null, Duration.ofDays(7)));
            gate.at(at + 1).closedFor(900);
        }

        @Test
        void what_was_told_to_wait_for_hours_together_counts_once() {
            RateLimiterTimeline gate = knowing(50);
            Permit first = gate.at(1).granted();
            Permit second = gate.at(1).granted();
            gate.at(2).answered(first, throttled(null, null, Duration.ofDays(7)));
            gate.at(2).answered(second, throttled(null, null, Duration.ofDays(7)));
            gate.at(2).closedFor(900);
        }

        @Test
        void a_permit_given_back_twice_counts_once() {
            RateLimiterTimeline gate = knowing(3);
            Permit permit = gate.at(1).granted();
            gate.at(2).answered(permit, unanswered());
            gate.at(2).answered(permit, unanswered());
            gate.at(3).granted();
            gate.at(3).granted();
            gate.at(3).awaitsAnAnswer();
        }
    }
}
