package dev.nftrefresh.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.table.TableUnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimiterStatusTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private static RateLimiterStatus of(ItemFields fields, Instant now) {
        return RateLimiterStatus.of(fields, QuotaUnit.AUTO, now);
    }

    private static ItemFields usedUp() {
        var fields = new ItemFields();
        fields.put("quota.limit", 677);
        fields.put("quota.reset", NOON.plusSeconds(600));
        fields.put("quota.window", Duration.ofHours(1));
        new QuotaAllowance.RemainingInWindow(0, NOON.plusSeconds(600), NOON.plusSeconds(600), NOON).writeTo(fields);
        return fields;
    }

    @Test
    void knowsNothingBeforeTheFirstAnswer() throws TableUnavailableException {
        var table = new InMemoryTable();

        assertThat(RateLimiterStatus.read(table, QuotaUnit.TOKEN, NOON, Duration.ofSeconds(1)))
                .isEqualTo(new RateLimiterStatus(null, null, null, null, null, null, true, 0, null, null));
    }

    @Test
    void saysThatTheQuotaIsUsedUpAndUntilWhen() {
        RateLimiterStatus status = of(usedUp(), NOON);

        assertThat(status.limit()).isEqualTo(677);
        assertThat(status.remaining()).isZero();
        assertThat(status.closedUntil()).isEqualTo(NOON.plusSeconds(600));
        assertThat(status.reset()).isEqualTo(NOON.plusSeconds(600));
        assertThat(status.windowBegan()).isEqualTo(NOON.plusSeconds(600).minus(Duration.ofHours(1)));
    }

    @Test
    void forgetsWhatRemainedOnceTheWindowIsOver() {
        RateLimiterStatus status = of(usedUp(), NOON.plusSeconds(600));

        assertThat(status.limit()).isEqualTo(677);
        assertThat(status.remaining()).isNull();
        assertThat(status.closedUntil()).isNull();
        assertThat(status.reset()).isNull();
    }

    @Test
    void saysHowOftenTheApiFailedAsALimiterWroteIt() {
        var state =
                new RateLimiterState(new RateLimiterSettings(4, QuotaUnit.AUTO, 20, 2, true), "copy", new ItemFields());
        var request = new RateLimiter.Permit(1, NOON, 250);

        state.recordOutcome(request, new RefreshOutcome.Failed(new ApiErrorResponse(503, null, null, null)), NOON);

        assertThat(of(state.fields(), NOON.plusSeconds(1)))
                .returns(1, RateLimiterStatus::failuresInARow)
                .returns(NOON, RateLimiterStatus::lastFailedAt);
    }
}
