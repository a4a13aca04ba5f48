package dev.nftrefresh.pass;

import static dev.nftrefresh.pass.Queued.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.queue.Fate;
import dev.nftrefresh.queue.QueuedUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The table may take seconds for a step of the gate. */
class SlowGateTest {
    @Test
    void aPassThatIsToWaitEndsInTimeThoughTheAnswerTookLong() {
        var run = new PassRun(_ -> ScriptedApi.ACCEPTED).withRemainingTime(Duration.ofSeconds(12));
        run.withGate(new SlowGate(run, Duration.ofSeconds(8), Duration.ofMillis(4_900)));
        Instant end = run.now().plusSeconds(12);
        var queued = new Queued(run.now());
        QueuedUpdate update = queued.add(SWORDS, "1");

        Function<QueuedUpdate, Fate> fates = run.over(queued.updates());

        assertThat(fates.apply(update)).isInstanceOf(Fate.Returned.class);
        assertThat(run.now()).isBefore(end.minusSeconds(2));
    }

    /** A gate whose answer takes that long, and is to ask again after that wait. */
    private record SlowGate(PassRun run, Duration takes, Duration retryIn) implements RefreshGate {
        @Override
        public Answer ask(Request request, Instant now, Duration atMost) {
            run.later(takes);
            return new NotBefore(retryIn, Why.PACED);
        }

        @Override
        public int answered(Permit permit, RefreshOutcome outcome, Instant now, Duration atMost) {
            throw new IllegalStateException("Nothing was granted.");
        }

        @Override
        public void unused(Permit permit, Instant now, Duration atMost) {
            throw new IllegalStateException("Nothing was granted.");
        }

        @Override
        public List<Duration> appointments(List<Request> requests, Instant now, Duration atMost) {
            return requests.stream().map(_ -> retryIn).toList();
        }

        @Override
        public Duration promise(Request request, Instant now, Duration atMost) {
            return retryIn;
        }

        @Override
        public ApiHealth health(Instant now, Duration atMost) {
            return new ApiHealth(0, null, null);
        }
    }
}
