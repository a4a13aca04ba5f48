package dev.nftrefresh.ratelimit;

import static dev.nftrefresh.ratelimit.RateLimiterTimeline.PATIENCE;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.T0;
import static dev.nftrefresh.ratelimit.RateLimiterTimeline.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.RateLimiter.DenialReason;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.Permit;
import dev.nftrefresh.ratelimit.RateLimiter.PermitDecision;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.seeded.ChoiceSequence;
import dev.nftrefresh.seeded.SeededProperty;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableRateLimiterPropertyTest {
    private static final Duration HOUR = Duration.ofHours(1);
    /** A wait of hours is probed after two at the latest, and a partly filled request is put off by an hour at most. */
    private static final Duration OPENS_WITHIN = Duration.ofHours(4);
    /**
     * A caller that follows each wait asks every 50 ms until a silent sender is assumed crashed, and rarely after that.
     */
    private static final int ASKS_UNTIL_IT_OPENS = 1_000;

    private static PermitRequest request(ChoiceSequence choices) {
        boolean isFull = choices.flip();
        boolean isSearch = isFull && choices.chance(1, 4);
        int tokens = isFull && !isSearch ? 250 : choices.between(1, 249);
        var collection = new CollectionId(
                "imtbl-zkevm-testnet", "0x" + choices.oneOf("a", "b", "c").repeat(40));
        return new PermitRequest(collection, tokens, isFull, isSearch, choices.oneOf(UpdateLane.values()));
    }

    private static RefreshOutcome outcome(ChoiceSequence choices, Instant now) {
        return switch (choices.below(5)) {
            case 0 -> RateLimiterTimeline.unanswered();
            case 1 -> new RefreshOutcome.Failed(RateLimiterTimeline.error(choices.oneOf(400, 404, 500)));
            case 2 -> new RefreshOutcome.Refused(RateLimiterTimeline.error(400));
            case 3 -> new RefreshOutcome.Throttled(quota(choices, now), RateLimiterTimeline.error(429));
            default -> new RefreshOutcome.Accepted(quota(choices, now));
        };
    }

    /** What an answer may report: plausible, contradictory and absurd values. */
    private static ReportedQuota quota(ChoiceSequence choices, Instant now) {
        return new ReportedQuota(number(choices), number(choices), reset(choices, now), wait(choices), List.of());
    }

    private static @Nullable Long number(ChoiceSequence choices) {
        return switch (choices.weighted(4, 4, 4, 1)) {
            case 0 -> null;
            case 1 -> choices.between(-1L, 700);
            case 2 -> choices.oneOf(677L, 100L, 1L, 0L);
            default -> choices.between(Long.MIN_VALUE, Long.MAX_VALUE);
        };
    }

    private static @Nullable Instant reset(ChoiceSequence choices, Instant now) {
        return switch (choices.weighted(4, 6, 3, 2, 1)) {
            case 0 -> null;
            case 1 -> now.plusMillis(choices.between(0, 3_600_000));
            case 2 -> now.minusMillis(choices.between(0, 100_000));
            case 3 -> now.plus(HOUR.multipliedBy(choices.between(1, 9_000)));
            default -> choices.oneOf(Instant.EPOCH, Instant.MIN, Instant.MAX, now.plusNanos(1));
        };
    }

    private static @Nullable Duration wait(ChoiceSequence choices) {
        return switch (choices.weighted(4, 6, 3, 1)) {
            case 0 -> null;
            case 1 -> Duration.ofMillis(choices.between(0, 60_000));
            case 2 -> Duration.ofMillis(choices.between(0, 700_000_000));
            default -> choices.oneOf(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE), Duration.ofNanos(1));
        };
    }

    @Test
    void whateverTheAnswersItKeepsThePaceOpensAgainAndLetsNoCallerSpin() {
        SeededProperty.of("whatever the answers, the limiter keeps the pace, opens again and lets no caller spin")
                .tries(300)
                .check(choices -> {
                    int rate = choices.note("rate", choices.between(1, 20));
                    QuotaUnit unit = choices.note("unit", choices.oneOf(QuotaUnit.values()));
                    int reserve = choices.note("reserve", choices.oneOf(0, 20, 100));
                    var table = new InMemoryTable();
                    List<TableRateLimiter> copies = IntStream.range(0, 3)
                            .mapToObj(i -> new TableRateLimiter(
                                    table, new RateLimiterSettings(rate, unit, reserve), "copy-" + i))
                            .toList();
                    var inFlight = new ArrayList<Permit>();
                    Instant now = T0;
                    var went = new ArrayList<Instant>();
                    int steps = choices.between(0, 60);
                    for (int step = 0; step < steps; step++) {
                        now = now.plusMillis(
                                choices.chance(1, 10) ? choices.between(0, 7_200_000) : choices.between(0, 5_000));
                        TableRateLimiter copy = choices.oneOf(copies);
                        PermitRequest request = request(choices);
                        if (choices.chance(1, 5)) {
                            assertThat(copy.scheduleReturns(List.of(request, request), now, PATIENCE))
                                    .allMatch(wait -> !wait.isNegative());
                        } else if (copy.tryAcquire(request, now, PATIENCE)
                                instanceof Granted(Permit permit, int tokens)) {
                            assertThat(permit.grantedAt()).isEqualTo(now);
                            if (!went.isEmpty()) {
                                assertThat(went.getLast().plusNanos(1_000_000_000 / rate))
                                        .isBeforeOrEqualTo(now);
                            }
                            assertThat(tokens).isBetween(1, 250).isEqualTo(permit.tokens());
                            went.add(now);
                            inFlight.add(permit);
                        }
                        if (!inFlight.isEmpty() && choices.chance(4, 5)) {
                            Permit permit = inFlight.remove(choices.below(inFlight.size()));
                            TableRateLimiter its = choices.oneOf(copies);
                            if (choices.chance(1, 10)) {
                                its.releaseUnused(permit, now, PATIENCE);
                                went.remove(permit.grantedAt());
                            } else {
                                its.recordOutcome(permit, choices.note(now + "", outcome(choices, now)), now, PATIENCE);
                            }
                        }
                    }
                    // Nothing answers any more: waiting as told must lead to a grant.
                    PermitRequest request = choices.note("then", request(choices));
                    Instant latest = now.plus(OPENS_WITHIN);
                    int asks = 0;
                    while (copies.getFirst().tryAcquire(request, now, PATIENCE) instanceof Denied refusal) {
                        assertThat(refusal.retryIn()).isPositive();
                        now = now.plus(refusal.retryIn());
                        assertThat(now).isBefore(latest);
                        assertThat(++asks).as("asks").isLessThan(ASKS_UNTIL_IT_OPENS);
                    }
                });
    }

    /** A request at the server: its answer reports the quota as it was when the request arrived. */
    record SentRequest(Permit permit, long remaining) {}

    @Test
    void an_honest_window_is_used_up_and_never_overdrawn() {
        SeededProperty.of("an honest window is used up and never overdrawn").check(choices -> {
            int limit = choices.note("limit", choices.between(1, 30));
            int senders = choices.note("senders", choices.between(1, 8));
            var limiter = new TableRateLimiter(
                    new InMemoryTable(), new RateLimiterSettings(1000, QuotaUnit.AUTO, 20), "copy");
            var inFlight = new ArrayList<SentRequest>();
            Instant now = T0;
            Instant reset = T0.plusSeconds(3600);
            long remaining = limit;
            while (true) {
                PermitDecision answer =
                        inFlight.size() < senders ? limiter.tryAcquire(RateLimiterTimeline.ONE, now, PATIENCE) : null;
                if (answer instanceof Granted(Permit permit, int _)) {
                    assertThat(remaining).isPositive();
                    remaining--;
                    inFlight.add(new SentRequest(permit, remaining));
                } else if (!inFlight.isEmpty()) {
                    SentRequest sent = inFlight.remove(choices.below(inFlight.size()));
                    limiter.recordOutcome(
                            sent.permit(), accepted((long) limit, sent.remaining(), reset, null), now, PATIENCE);
                } else {
                    assertThat(answer).isEqualTo(new Denied(Duration.between(now, reset), DenialReason.CLOSED));
                    break;
                }
                now = now.plusMillis(1);
            }
            assertThat(remaining).isZero();
        });
    }
}
