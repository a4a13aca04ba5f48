package dev.nftrefresh.pacing;

import static dev.nftrefresh.pacing.GateTimeline.PATIENCE;
import static dev.nftrefresh.pacing.GateTimeline.accepted;
import static dev.nftrefresh.pacing.GateTimeline.seconds;
import static dev.nftrefresh.pacing.GateTimeline.t;
import static dev.nftrefresh.pacing.SharedGate.FULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.pacing.RefreshGate.Granted;
import dev.nftrefresh.pacing.RefreshGate.NotBefore;
import dev.nftrefresh.pacing.RefreshGate.Request;
import dev.nftrefresh.pacing.RefreshGate.Why;
import dev.nftrefresh.table.MemoryTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bulk whose share of the quota is used up, while the answers do not say, or say oddly, when there is more. */
class BulkGateStuckTest {
    private static final Request BULK = new Request(GateTimeline.SWORDS, 250, true, false, Lane.BULK);
    private static final Duration RETRY_AFTER = Duration.ofMillis(9_610);

    private final TableGate gate = new TableGate(new MemoryTable(), new GateSettings(4, QuotaUnit.REQUEST, 20), "copy");

    private void liveIsAccepted(double at, long remaining, @Nullable Instant reset, @Nullable Duration retryAfter) {
        var granted = (Granted) gate.ask(FULL, t(at), PATIENCE);
        gate.answered(granted.permit(), accepted(677L, remaining, reset, retryAfter), t(at + 0.3), PATIENCE);
    }

    static @Nullable Instant[] resetsThatTellNothing() {
        return new @Nullable Instant[] {null, t(-1), Instant.EPOCH, t(365 * 24 * 3600), Instant.MAX};
    }

    @ParameterizedTest
    @MethodSource("resetsThatTellNothing")
    void withoutAResetThatMakesSenseOneRequestFindsOutAfterFiveMinutes(@Nullable Instant reset) {
        liveIsAccepted(0, 135, reset, RETRY_AFTER);

        assertThat(gate.ask(BULK, t(60.3), PATIENCE)).isEqualTo(new NotBefore(seconds(240), Why.CLOSED));
        assertThat(gate.appointments(List.of(BULK), t(60.3), PATIENCE)).containsExactly(seconds(240));
        assertThat(gate.ask(BULK, t(300.299), PATIENCE)).isInstanceOf(NotBefore.class);
        assertThat(gate.ask(BULK, t(300.3), PATIENCE)).isInstanceOf(Granted.class);
        assertThat(gate.ask(BULK, t(301), PATIENCE)).isInstanceOf(NotBefore.class);
    }

    @Test
    void nearTheEndOfAWindowTheWaitIsUntilTheResetAndNotAnOldRetryAfter() {
        liveIsAccepted(0, 676, t(3600), RETRY_AFTER);
        liveIsAccepted(3510, 2, t(3600), RETRY_AFTER);

        assertThat(gate.ask(BULK, t(3540), PATIENCE)).isEqualTo(new NotBefore(seconds(60), Why.CLOSED));
        assertThat(gate.appointments(List.of(BULK), t(3540), PATIENCE)).containsExactly(seconds(60));
        assertThat(gate.ask(BULK, t(3600), PATIENCE)).isInstanceOf(Granted.class);
    }
}
