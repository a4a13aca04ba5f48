package dev.nftrefresh.pacing;

import static dev.nftrefresh.pacing.GateTimeline.T0;
import static dev.nftrefresh.pacing.GateTimeline.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.RefreshGate.Answer;
import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Permit;
import dev.nftrefresh.pacing.RefreshGate.Why;
import dev.nftrefresh.seeded.Choices;
import dev.nftrefresh.seeded.SeededProperty;
import dev.nftrefresh.table.MemoryTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableGatePropertyTest {
    /** One thing that happens: time passes, then somebody asks, then one of the requests under way is answered. */
    record Step(long millis, boolean answer, int which, RefreshOutcome outcome) {}

    private static Step step(Choices choices) {
        return new Step(choices.between(0, 5_000), !choices.flip(), choices.between(0, 1_000), outcome(choices));
    }

    private static RefreshOutcome outcome(Choices choices) {
        return switch (choices.below(4)) {
            case 0 -> GateTimeline.unanswered();
            case 1 -> new RefreshOutcome.Failed(GateTimeline.error(choices.oneOf(400, 404, 500)));
            case 2 -> new RefreshOutcome.Throttled(quota(choices), GateTimeline.error(429));
            default -> new RefreshOutcome.Accepted(quota(choices));
        };
    }

    private static Quota quota(Choices choices) {
        @Nullable Long limit = choices.chance(4, 5) ? choices.between(-1L, 700) : null;
        @Nullable Long remaining = choices.chance(4, 5) ? choices.between(-1L, 700) : null;
        @Nullable Instant end = choices.chance(4, 5) ? T0.plusMillis(choices.between(-10_000, 8_000_000)) : null;
        @Nullable Duration retry = choices.chance(3, 5) ? Duration.ofMillis(choices.between(0, 700_000_000)) : null;
        return new Quota(limit, remaining, end, retry, List.of());
    }

    private static RefreshGate gate(double rate) {
        return new TableGate(new MemoryTable(), new GateSettings(rate, QuotaUnit.AUTO, 20), "copy");
    }

    @Test
    void whatever_the_answers_it_keeps_the_pace_and_opens_again() {
        SeededProperty.of("whatever the answers, the gate keeps the pace and opens again")
                .check(choices -> {
                    int rate = choices.note("rate", choices.between(1, 20));
                    List<Step> steps = choices.note("steps", choices.listOf(0, 100, TableGatePropertyTest::step));
                    var gate = gate(rate);
                    var underWay = new ArrayList<Permit>();
                    Instant now = T0;
                    Instant last = Instant.MIN;
                    for (Step step : steps) {
                        now = now.plusMillis(step.millis());
                        if (gate.ask(GateTimeline.ONE, now) instanceof Granted(Permit permit, int _)) {
                            assertThat(permit.grantedAt()).isEqualTo(now);
                            assertThat(last.plusNanos(1_000_000_000 / rate)).isBeforeOrEqualTo(now);
                            last = now;
                            underWay.add(permit);
                        }
                        if (step.answer() && !underWay.isEmpty()) {
                            gate.answered(underWay.remove(step.which() % underWay.size()), step.outcome(), now);
                        }
                    }
                    // Nobody answers any more: waiting as told has to lead to a grant, within a day's closing and a
                    // dead sender's
                    // time.
                    Instant latest = now.plus(Duration.ofHours(25)).plusSeconds(31);
                    while (gate.ask(GateTimeline.ONE, now) instanceof NotBefore refusal) {
                        assertThat(refusal.retryIn()).isPositive();
                        now = now.plus(refusal.retryIn());
                        assertThat(now).isBefore(latest);
                    }
                });
    }

    /** A request at the server: what it was told there, as it arrived, is what its answer will tell. */
    record Sent(Permit permit, long remaining) {}

    @Test
    void an_honest_window_is_used_up_and_never_overdrawn() {
        SeededProperty.of("an honest window is used up and never overdrawn").check(choices -> {
            int limit = choices.note("limit", choices.between(1, 30));
            int senders = choices.note("senders", choices.between(1, 8));
            var gate = gate(1000);
            var underWay = new ArrayList<Sent>();
            Instant now = T0;
            Instant reset = T0.plusSeconds(3600);
            long remaining = limit;
            while (true) {
                Answer answer = underWay.size() < senders ? gate.ask(GateTimeline.ONE, now) : null;
                if (answer instanceof Granted(Permit permit, int _)) {
                    assertThat(remaining).isPositive();
                    remaining--;
                    underWay.add(new Sent(permit, remaining));
                } else if (!underWay.isEmpty()) {
                    Sent sent = underWay.remove(choices.below(underWay.size()));
                    gate.answered(sent.permit(), accepted((long) limit, sent.remaining(), reset, null), now);
                } else {
                    assertThat(answer).isEqualTo(new NotBefore(Duration.between(now, reset), Why.CLOSED));
                    break;
                }
                now = now.plusMillis(1);
            }
            assertThat(remaining).isZero();
        });
    }
}
