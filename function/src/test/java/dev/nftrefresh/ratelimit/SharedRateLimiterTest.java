package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.t;
import static dev.nftrefresh.ratelimit.SharedRateLimiter.FULL;
import static dev.nftrefresh.ratelimit.SharedRateLimiter.partly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Several copies of the function and one quota. Times are seconds since t0. */
class SharedRateLimiterTest {
    /** A rate limiter that used up an hour's quota of so many requests in its first second. */
    private static SharedRateLimiter usedUp(int limit) {
        var limiter = new SharedRateLimiter(2, QuotaUnit.AUTO, limit);
        for (int i = 0; i < limit; i++) {
            limiter.sends(i % 2, FULL, 1);
        }
        return limiter.at(1);
    }

    @Nested
    class Copies {
        @Test
        void one_copy_knows_what_another_learned() {
            usedUp(4).isClosedFor(1, 3599);
        }

        @Test
        void a_request_of_one_copy_counts_for_the_other() {
            var limiter = new SharedRateLimiter(2, QuotaUnit.AUTO, 3);
            limiter.sends(0, FULL, 1);
            Permit inFlight = ((Granted) limiter.at(1).ask(0, FULL)).permit();
            limiter.sends(1, FULL, 1);
            assertThat(limiter.ask(1, FULL)).isInstanceOf(Denied.class);
            limiter.copy(0).releaseUnused(inFlight, t(1), PATIENCE);
            limiter.sends(1, FULL, 1);
        }

        @Test
        void the_pace_applies_to_all_copies_together() {
            var table = new InMemoryTable();
            var settings = new RateLimiterSettings(2, QuotaUnit.AUTO, 20);
            var one = new TableRateLimiter(table, settings, "one");
            var other = new TableRateLimiter(table, settings, "other");
            Permit permit = ((Granted) one.tryAcquire(FULL, t(0), PATIENCE)).permit();
            one.recordOutcome(permit, new RefreshOutcome.Accepted(ReportedQuota.UNKNOWN), t(0), PATIENCE);

            assertThat(other.tryAcquire(FULL, t(0.1), PATIENCE))
                    .isEqualTo(new Denied(Duration.ofMillis(400), RateLimiter.DenialReason.PACED));
            assertThat(other.tryAcquire(FULL, t(0.5), PATIENCE)).isInstanceOf(Granted.class);
        }
    }

    @Nested
    class Clocks {
        private static final SharedTable.ItemKey ITEM = new SharedTable.ItemKey("gate", "quota");

        private final InMemoryTable table = new InMemoryTable();
        private final SharedRateLimiter limiter = new SharedRateLimiter(2, QuotaUnit.AUTO, 100, table);
        private final PermitRequest ofShields = new PermitRequest(
                new CollectionId("imtbl-zkevm-testnet", "0x" + "b".repeat(40)), 250, true, false, UpdateLane.LIVE);

        @Test
        void a_copy_that_waits_for_a_request_of_a_clock_that_is_ahead_asks_once_a_second_and_writes_nothing() {
            assertThat(limiter.at(100).ask(0, FULL)).isInstanceOf(Granted.class);
            assertThat(limiter.at(0).ask(1, ofShields))
                    .isEqualTo(new Denied(Duration.ofSeconds(1), RateLimiter.DenialReason.PACED));
            long revision = revision();

            for (int second = 1; second < 5; second++) {
                limiter.at(100 + second).ask(0, FULL);
                limiter.at(second).ask(1, ofShields);
            }

            assertThat(revision()).isEqualTo(revision);
        }

        private long revision() {
            return Objects.requireNonNull(
                            table.read(List.of(ITEM), PATIENCE).found().get(ITEM))
                    .revision();
        }
    }

    @Nested
    class EvenSpending {
        @Test
        void full_requests_are_sent_at_once() {
            var limiter = new SharedRateLimiter(1, QuotaUnit.AUTO, 360);
            for (int i = 0; i < 100; i++) {
                limiter.sends(0, FULL, 1);
            }
        }

        @Test
        void partly_filled_ones_are_spread_evenly_until_the_reset() {
            var limiter = new SharedRateLimiter(2, QuotaUnit.AUTO, 361);
            limiter.sends(0, partly(3), 1);
            limiter.at(4).holdsBackFor(1, partly(3), 5.989); // 3,596 s for 360 requests, from 0
            limiter.at(9.98).sends(1, partly(3), 1);
            limiter.at(15).holdsBackFor(0, partly(3), 4.967);
        }

        @Test
        void a_request_that_was_not_sent_after_all_does_not_delay_the_next() {
            var limiter = new SharedRateLimiter(2, QuotaUnit.AUTO, 361);
            limiter.sends(0, partly(3), 1);
            Permit permit = ((Granted) limiter.at(20).ask(0, partly(3))).permit();
            limiter.copy(0).releaseUnused(permit, t(20), PATIENCE);
            limiter.sends(1, partly(3), 1);
        }

        @Test
        void none_is_sent_while_full_ones_of_its_collection_wait_that_will_include_it() {
            SharedRateLimiter limiter = usedUp(4);
            limiter.returnDelays(0, FULL, 12);
            limiter.at(3600).sends(0, FULL, 1);
            limiter.holdsBackFor(0, partly(3), 3600);
            limiter.sends(
                    0,
                    new PermitRequest(
                            new CollectionId("imtbl-zkevm-testnet", "0x" + "b".repeat(40)),
                            3,
                            false,
                            false,
                            UpdateLane.LIVE),
                    1);
        }
    }

    /** 360 an hour: one in 10 s, of which the first was sent at 0. */
    @Nested
    class PartlyFilledOfManyCollections {
        private final SharedRateLimiter limiter = new SharedRateLimiter(2, QuotaUnit.AUTO, 361);

        private static PermitRequest of(int collection) {
            return new PermitRequest(
                    new CollectionId("imtbl-zkevm-testnet", "0x" + "%040x".formatted(collection)),
                    3,
                    false,
                    false,
                    UpdateLane.LIVE);
        }

        private static PermitRequest withReservation(int collection, double second) {
            return of(collection).withReservedSendTime(t(second));
        }

        @Test
        void each_held_back_request_has_a_send_time_of_its_own_behind_the_others() {
            limiter.sends(0, of(0), 1);

            for (int collection = 1; collection <= 40; collection++) {
                assertThat(limiter.at(1).reservedDelay(collection % 2, of(collection)))
                        .isBetween(10.0 * collection - 1.5, 10.0 * collection - 0.5);
            }
        }

        @Test
        void a_request_is_sent_at_its_reserved_time_and_newer_ones_stay_behind() {
            limiter.sends(0, of(0), 1);
            limiter.at(1).reservedDelay(0, of(1));
            limiter.reservedDelay(0, of(2));

            assertThat(limiter.at(9).ask(1, withReservation(1, 10))).isInstanceOf(Denied.class);
            assertThat(limiter.at(10).ask(1, of(3))).isInstanceOf(Denied.class);
            limiter.sends(1, withReservation(1, 10), 1);
            assertThat(limiter.reservedDelay(0, of(3))).isBetween(19.0, 21.0);
        }

        @Test
        void an_unused_reservation_goes_to_those_that_ask() {
            limiter.sends(0, of(0), 1);
            for (int collection = 1; collection <= 40; collection++) {
                limiter.at(1).reservedDelay(0, of(collection));
            }

            assertThat(limiter.at(60).ask(0, of(50))).isInstanceOf(Granted.class);
        }

        @Test
        void when_the_window_ends_the_next_one_is_sent_and_then_one_after_the_other() {
            var few = new SharedRateLimiter(2, QuotaUnit.AUTO, 3);
            few.sends(0, of(0), 1);
            few.sends(0, FULL, 1);

            assertThat(few.at(1).reservedDelay(0, of(1)))
                    .as("the last of this one")
                    .isEqualTo(3_598);
            assertThat(few.reservedDelay(0, of(2))).as("at its end").isEqualTo(3_599);
            assertThat(few.reservedDelay(0, of(3))).isBetween(3_599 + 1_199.0, 3_599 + 1_201.0);
        }

        @Test
        void a_full_request_leaves_them_their_unit_for_ten_seconds() {
            var few = new SharedRateLimiter(2, QuotaUnit.AUTO, 3);
            few.sends(0, of(0), 1);
            double moment = 1 + few.at(1).reservedDelay(0, of(1));
            few.sends(0, FULL, 1);

            assertThat(few.at(moment).ask(0, FULL)).isInstanceOf(Denied.class);
            few.at(moment + 9).sends(1, withReservation(1, moment), 1);
        }
    }

    @Nested
    class ReturnQueues {
        @Test
        void the_first_opening_takes_slightly_more_than_its_quota_and_the_others_return_later() {
            SharedRateLimiter limiter = usedUp(40);

            List<Double> waits = limiter.returnDelays(0, FULL, 100);

            // 40, 5 % more, and one for each of two pollers.
            assertThat(waits.subList(0, 44)).containsOnly(3599.0);
            assertThat(waits.subList(44, 88)).containsOnly(7199.0);
            assertThat(waits.subList(88, 100)).containsOnly(10799.0);
        }

        @Test
        void no_place_is_later_than_a_message_can_be_hidden() {
            SharedRateLimiter limiter = usedUp(4);

            List<Double> waits = limiter.returnDelays(0, FULL, 3_000);

            // 11 openings of 4, 5 % more, and two.
            double longest = Duration.ofHours(12).toSeconds();
            assertThat(waits.get(67)).isLessThan(longest);
            assertThat(waits.subList(69, 3_000)).containsOnly(longest);
        }

        @Test
        void copies_share_one_return_queue() {
            SharedRateLimiter limiter = usedUp(40);
            assertThat(limiter.returnDelays(0, FULL, 44)).containsOnly(3599.0);
            assertThat(limiter.returnDelays(1, FULL, 1)).containsOnly(7199.0);
        }

        @Test
        void partly_filled_requests_take_the_place_of_their_tokens() {
            SharedRateLimiter limiter = usedUp(40);
            assertThat(limiter.returnDelays(0, partly(25), 1)).containsOnly(3599.0);
            assertThat(limiter.returnDelays(0, FULL, 44).getLast()).isEqualTo(3599.0);
            assertThat(limiter.returnDelays(0, FULL, 1)).containsOnly(7199.0);
        }

        @Test
        void requests_leave_the_queue_at_their_opening() {
            SharedRateLimiter limiter = usedUp(40);
            limiter.returnDelays(0, FULL, 50);
            limiter.at(3600);
            for (int i = 0; i < 40; i++) {
                limiter.sends(0, FULL, 1);
            }
            // Six of the fifty are left in the queue; there is space for 38 behind them.
            assertThat(limiter.at(3700).returnDelays(0, FULL, 38)).containsOnly(3500.0);
            assertThat(limiter.returnDelays(0, FULL, 1)).containsOnly(7100.0);
        }

        @Test
        void while_few_answers_agree_on_the_limit_every_request_returns_within_15_more_minutes() {
            var limiter = new SharedRateLimiter(1, QuotaUnit.AUTO, 1);
            limiter.sends(0, FULL, 1);
            List<Double> waits = limiter.at(1).returnDelays(0, FULL, 10);
            assertThat(waits.getFirst()).isEqualTo(3599.0);
            assertThat(waits.getLast()).isEqualTo(3599.0 + 900);
        }

        @Test
        void after_a_429_without_a_quota_all_return_at_its_end() {
            var limiter = new SharedRateLimiter(1, QuotaUnit.AUTO, 100);
            Permit permit = ((Granted) limiter.ask(0, FULL)).permit();
            limiter.copy(0).recordOutcome(permit, RateLimiterTimeline.throttledFor(8), t(0), PATIENCE);
            assertThat(limiter.returnDelays(0, FULL, 500)).containsOnly(8.0);
        }
    }

    @Nested
    class SteadyRefill {
        /** 720 an hour is one in 5 s; it is full again 3,600 s after it was empty. */
        private SharedRateLimiter emptied() {
            var limiter = new SharedRateLimiter(1, QuotaUnit.AUTO, 720);
            for (int left : new int[] {2, 1, 0}) {
                Permit permit = ((Granted) limiter.ask(0, FULL)).permit();
                Duration wait = left == 0 ? Duration.ofSeconds(5) : Duration.ofSeconds(3590);
                var quota = new ReportedQuota(720L, (long) left, t(3600 - 5 * left), wait, List.of());
                limiter.copy(0).recordOutcome(permit, new RefreshOutcome.Accepted(quota), t(0), PATIENCE);
            }
            return limiter.at(1);
        }

        @Test
        void groups_return_together_each_when_enough_quota_has_refilled() {
            List<Double> waits = emptied().returnDelays(0, FULL, 50);
            assertThat(waits.subList(0, 23)).containsOnly(100.0);
            assertThat(waits.subList(23, 46)).containsOnly(200.0);
            assertThat(waits.subList(46, 50)).containsOnly(300.0);
        }

        /** A full request empties it, whatever it would cost from a larger one. */
        @Test
        void from_a_quota_of_a_few_tokens_one_is_sent_each_time_it_is_full() {
            var limiter =
                    new SharedRateLimiter(1, new RateLimiterSettings(1e9, QuotaUnit.TOKEN, 20), 4, new InMemoryTable());
            Permit permit = ((Granted) limiter.ask(0, FULL)).permit();
            var quota = new ReportedQuota(4L, 0L, t(300), Duration.ofSeconds(75), List.of());
            limiter.copy(0).recordOutcome(permit, new RefreshOutcome.Accepted(quota), t(0), PATIENCE);

            assertThat(limiter.at(1).returnDelays(0, FULL, 12).getLast()).isLessThan(3_600);
        }

        /** Its answer does not say what remains; a search for refused tokens gets nothing but such answers. */
        @Test
        void after_a_429_a_refused_request_spends_the_one_unit_that_has_refilled() {
            SharedRateLimiter limiter = throttledWhileEmpty();

            Permit refused = ((Granted) limiter.at(10).ask(0, FULL)).permit();
            limiter.copy(0)
                    .recordOutcome(
                            refused, new RefreshOutcome.Refused(RateLimiterTimeline.error(400)), t(10), PATIENCE);

            limiter.isClosedFor(0, 5);
            assertThat(limiter.at(15).ask(0, FULL)).isInstanceOf(Granted.class);
        }

        /** Hours later nothing is known of the bucket but that it has refilled. */
        @Test
        void after_an_acceptance_that_reports_units_left_a_refused_request_says_nothing_of_the_next_one() {
            SharedRateLimiter limiter = throttledWhileEmpty();
            Permit accepted = ((Granted) limiter.at(2000).ask(0, FULL)).permit();
            var some = new ReportedQuota(720L, 398L, t(3610), Duration.ofSeconds(5), List.of());
            limiter.copy(0).recordOutcome(accepted, new RefreshOutcome.Accepted(some), t(2000), PATIENCE);

            areRefused(limiter, 9000);
        }

        /** Nothing was sent after the wait of the 429, so that the bucket has refilled. */
        @Test
        void a_429_of_hours_ago_says_nothing_of_what_a_refused_request_leaves() {
            SharedRateLimiter limiter = throttledWhileEmpty();

            areRefused(limiter, 9000);
        }

        /** A refused request spent what had refilled, but nothing was sent since. */
        @Test
        void a_refused_request_of_hours_ago_says_nothing_of_what_the_next_one_leaves() {
            SharedRateLimiter limiter = throttledWhileEmpty();
            Permit refused = ((Granted) limiter.at(10).ask(0, FULL)).permit();
            limiter.copy(0)
                    .recordOutcome(
                            refused, new RefreshOutcome.Refused(RateLimiterTimeline.error(400)), t(10), PATIENCE);

            areRefused(limiter, 9000);
        }

        /** A request came too early, and the 429 names the wait for one unit. */
        private SharedRateLimiter throttledWhileEmpty() {
            SharedRateLimiter limiter = emptied().at(5);
            Permit throttled = ((Granted) limiter.ask(0, FULL)).permit();
            var none = new ReportedQuota(720L, 0L, t(3605), Duration.ofSeconds(5), List.of());
            var answer = new RefreshOutcome.Throttled(none, RateLimiterTimeline.error(429));
            limiter.copy(0).recordOutcome(throttled, answer, t(5), PATIENCE);
            return limiter;
        }

        private static void areRefused(SharedRateLimiter limiter, double at) {
            for (int i = 0; i < 10; i++) {
                Permit refused = ((Granted) limiter.at(at + i).ask(0, FULL)).permit();
                limiter.copy(0)
                        .recordOutcome(
                                refused,
                                new RefreshOutcome.Refused(RateLimiterTimeline.error(400)),
                                t(at + i),
                                PATIENCE);
            }
        }

        /** Requests that were sent before were counted before: what refills is not for them. */
        @Test
        void requests_in_flight_when_it_was_empty_spend_nothing_that_refills() {
            SharedRateLimiter limiter = emptied().at(100);
            List<Permit> sent = Stream.generate(() -> ((Granted) limiter.ask(0, FULL)).permit())
                    .limit(20)
                    .toList();
            var quota = new ReportedQuota(720L, 0L, t(3700), Duration.ofSeconds(5), List.of());
            limiter.copy(0).recordOutcome(sent.getFirst(), new RefreshOutcome.Accepted(quota), t(100), PATIENCE);
            for (Permit other : sent.subList(1, 20)) {
                limiter.copy(0).recordOutcome(other, RateLimiterTimeline.unanswered(), t(100), PATIENCE);
            }

            limiter.at(100).isClosedFor(0, 5);
        }

        /** A limiter in front of the API counts seconds, and the answer reports the quota all the same. */
        @Test
        void a_429_while_much_remains_does_not_empty_it() {
            SharedRateLimiter limiter = emptied().at(2000);
            Permit throttled = ((Granted) limiter.ask(0, FULL)).permit();
            var quota = new ReportedQuota(720L, 400L, t(3600), Duration.ofSeconds(1), List.of());
            var answer = new RefreshOutcome.Throttled(quota, RateLimiterTimeline.error(429));
            limiter.copy(0).recordOutcome(throttled, answer, t(2000), PATIENCE);

            areRefused(limiter, 2001);
        }

        /** The wait of a 429 is until the whole request can be paid. */
        @Test
        void where_tokens_count_a_request_is_sent_when_the_wait_of_its_429_is_over() {
            var limiter = new SharedRateLimiter(
                    1, new RateLimiterSettings(1e9, QuotaUnit.TOKEN, 20), 720, new InMemoryTable());
            Permit last = ((Granted) limiter.ask(0, FULL)).permit();
            var none = new ReportedQuota(720L, 0L, t(3600), Duration.ofSeconds(5), List.of());
            limiter.copy(0).recordOutcome(last, new RefreshOutcome.Accepted(none), t(0), PATIENCE);
            Permit throttled = ((Granted) limiter.at(1250).ask(0, FULL)).permit();
            var quota = new ReportedQuota(720L, 0L, t(1250 + 3600), Duration.ofSeconds(1250), List.of());
            var answer = new RefreshOutcome.Throttled(quota, RateLimiterTimeline.error(429));
            limiter.copy(0).recordOutcome(throttled, answer, t(1250), PATIENCE);

            assertThat(limiter.at(2500).ask(0, FULL)).isInstanceOf(Granted.class);
        }

        @Test
        void one_is_sent_as_soon_as_one_unit_is_there() {
            emptied().at(4).isClosedFor(0, 1);
        }
    }

    @Nested
    class Units {
        @Test
        void two_falls_by_the_number_of_tokens_show_that_tokens_count() {
            var limiter = new SharedRateLimiter(1, QuotaUnit.AUTO, 1000);
            limiter.sends(0, FULL, 250);
            limiter.sends(0, FULL, 250);
            limiter.sends(0, FULL, 250);
            // One fall was observed between the first two, another between the last two; 250 are left.
            limiter.sends(0, new PermitRequest(RateLimiterTimeline.SWORDS, 200, true, false, UpdateLane.LIVE), 200);
            assertThat(limiter.sends(0, FULL, 50)).isEqualTo(50);
            assertThat(limiter.remaining()).isZero();
            limiter.at(1).isClosedFor(0, 3599);
        }

        @Test
        void one_fall_may_be_somebody_elses() {
            var limiter = new SharedRateLimiter(1, QuotaUnit.AUTO, 1000);
            limiter.sends(0, FULL, 1);
            limiter.sends(0, FULL, 900);
            for (int i = 0; i < 98; i++) {
                assertThat(limiter.sends(0, FULL, 1)).isEqualTo(250);
            }
        }

        @Test
        void the_operators_setting_takes_precedence() {
            var tokens = new SharedRateLimiter(1, QuotaUnit.TOKEN, 300);
            tokens.sends(0, FULL, 250);
            assertThat(tokens.sends(0, FULL, 50)).isEqualTo(50);

            var requests = new SharedRateLimiter(1, QuotaUnit.REQUEST, 1000);
            requests.sends(0, FULL, 250);
            requests.sends(0, FULL, 250);
            requests.sends(0, FULL, 250);
            requests.sends(0, FULL, 249);
            assertThat(requests.sends(0, FULL, 1)).isEqualTo(250);
        }
    }
}
