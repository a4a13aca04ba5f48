package dev.nftrefresh.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Notes;
import dev.nftrefresh.table.TableUnavailable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GateStatusTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private static GateStatus of(Notes notes, Instant now) {
        return GateStatus.of(notes, QuotaUnit.AUTO, now);
    }

    private static Notes usedUp() {
        var notes = new Notes();
        notes.put("quota.limit", 677);
        notes.put("quota.reset", NOON.plusSeconds(600));
        notes.put("quota.window", Duration.ofHours(1));
        new Allowance.Window(0, NOON.plusSeconds(600), NOON.plusSeconds(600), NOON).note(notes);
        return notes;
    }

    @Test
    void knowsNothingBeforeTheFirstAnswer() throws TableUnavailable {
        var table = new MemoryTable();

        assertThat(GateStatus.read(table, QuotaUnit.TOKEN, NOON, Duration.ofSeconds(1)))
                .isEqualTo(new GateStatus(null, null, null, null, null, null, true, 0, null, null));
    }

    @Test
    void saysThatTheQuotaIsUsedUpAndUntilWhen() {
        GateStatus status = of(usedUp(), NOON);

        assertThat(status.limit()).isEqualTo(677);
        assertThat(status.remaining()).isZero();
        assertThat(status.closedUntil()).isEqualTo(NOON.plusSeconds(600));
        assertThat(status.reset()).isEqualTo(NOON.plusSeconds(600));
        assertThat(status.windowBegan()).isEqualTo(NOON.plusSeconds(600).minus(Duration.ofHours(1)));
    }

    @Test
    void forgetsWhatRemainedOnceTheWindowIsOver() {
        GateStatus status = of(usedUp(), NOON.plusSeconds(600));

        assertThat(status.limit()).isEqualTo(677);
        assertThat(status.remaining()).isNull();
        assertThat(status.closedUntil()).isNull();
        assertThat(status.reset()).isNull();
    }

    @Test
    void saysHowOftenTheApiFailedAsAGateWroteIt() {
        var state = new GateState(new GateSettings(4, QuotaUnit.AUTO, 20, 2, true), "copy", new Notes());
        var request = new RefreshGate.Permit(1, NOON, 250);

        state.answered(request, new RefreshOutcome.Failed(new ApiError(503, null, null, null)), NOON);

        assertThat(of(state.notes(), NOON.plusSeconds(1)))
                .returns(1, GateStatus::failuresInARow)
                .returns(NOON, GateStatus::lastFailedAt);
    }
}
