package dev.nftrefresh.pacing;

import static dev.nftrefresh.pacing.GateTimeline.PATIENCE;
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
import dev.nftrefresh.table.MemoryTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class TableGatePropertyTest {
    /** One thing that happens: time passes, then somebody asks, then one of the requests under way is answered. */
    record Step(long millis, boolean answer, int which, RefreshOutcome outcome) {}

    @Provide
    Arbitrary<List<Step>> days() {
        Arbitrary<@Nullable Long> number = Arbitraries.longs().between(-1, 700).injectNull(0.2);
        Arbitrary<@Nullable Instant> reset = Arbitraries.longs()
                .between(-10_000, 8_000_000)
                .map(T0::plusMillis)
                .injectNull(0.2);
        Arbitrary<@Nullable Duration> wait = Arbitraries.longs()
                .between(0, 700_000_000)
                .map(Duration::ofMillis)
                .injectNull(0.4);
        Arbitrary<Quota> quota = Combinators.combine(number, number, reset, wait)
                .as((limit, remaining, end, retry) -> new Quota(limit, remaining, end, retry, List.of()));
        Arbitrary<RefreshOutcome> outcome = Arbitraries.oneOf(
                quota.map(RefreshOutcome.Accepted::new),
                quota.map(told -> new RefreshOutcome.Throttled(told, GateTimeline.error(429))),
                Arbitraries.of(400, 404, 500).map(status -> new RefreshOutcome.Failed(GateTimeline.error(status))),
                Arbitraries.just(GateTimeline.unanswered()));
        return Combinators.combine(
                        Arbitraries.longs().between(0, 5_000),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 1000),
                        outcome)
                .as(Step::new)
                .list()
                .ofMaxSize(100);
    }

    private static RefreshGate gate(double rate) {
        return new TableGate(new MemoryTable(), new GateSettings(rate, QuotaUnit.AUTO, 20), "copy");
    }

    @Property
    void whatever_the_answers_it_keeps_the_pace_and_opens_again(
            @ForAll("days") List<Step> steps, @ForAll @IntRange(min = 1, max = 20) int rate) {
        var gate = gate(rate);
        var underWay = new ArrayList<Permit>();
        Instant now = T0;
        Instant last = Instant.MIN;
        for (Step step : steps) {
            now = now.plusMillis(step.millis());
            if (gate.ask(GateTimeline.ONE, now, PATIENCE) instanceof Granted(Permit permit, int _)) {
                assertThat(permit.grantedAt()).isEqualTo(now);
                assertThat(last.plusNanos(1_000_000_000 / rate)).isBeforeOrEqualTo(now);
                last = now;
                underWay.add(permit);
            }
            if (step.answer() && !underWay.isEmpty()) {
                gate.answered(underWay.remove(step.which() % underWay.size()), step.outcome(), now, PATIENCE);
            }
        }
        // Nobody answers any more: waiting as told has to lead to a grant, within a day's closing and a dead sender's
        // time.
        Instant latest = now.plus(Duration.ofHours(25)).plusSeconds(31);
        while (gate.ask(GateTimeline.ONE, now, PATIENCE) instanceof NotBefore refusal) {
            assertThat(refusal.retryIn()).isPositive();
            now = now.plus(refusal.retryIn());
            assertThat(now).isBefore(latest);
        }
    }

    /** A request at the server: what it was told there, as it arrived, is what its answer will tell. */
    record Sent(Permit permit, long remaining) {}

    @Property
    void an_honest_window_is_used_up_and_never_overdrawn(
            @ForAll @IntRange(min = 1, max = 30) int limit,
            @ForAll @IntRange(min = 1, max = 8) int senders,
            @ForAll Random order) {
        var gate = gate(1000);
        var underWay = new ArrayList<Sent>();
        Instant now = T0;
        Instant reset = T0.plusSeconds(3600);
        long remaining = limit;
        while (true) {
            Answer answer = underWay.size() < senders ? gate.ask(GateTimeline.ONE, now, PATIENCE) : null;
            if (answer instanceof Granted(Permit permit, int _)) {
                assertThat(remaining).isPositive();
                remaining--;
                underWay.add(new Sent(permit, remaining));
            } else if (!underWay.isEmpty()) {
                Sent sent = underWay.remove(order.nextInt(underWay.size()));
                gate.answered(sent.permit(), accepted((long) limit, sent.remaining(), reset, null), now, PATIENCE);
            } else {
                assertThat(answer).isEqualTo(new NotBefore(Duration.between(now, reset), Why.CLOSED));
                break;
            }
            now = now.plusMillis(1);
        }
        assertThat(remaining).isZero();
    }
}
