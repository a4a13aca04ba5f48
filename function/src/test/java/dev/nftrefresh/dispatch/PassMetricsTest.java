package dev.nftrefresh.dispatch;

import static dev.nftrefresh.dispatch.QueuedUpdateBuilder.SWORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the template's alarms watch must be reported by the pass that meets it. */
class PassMetricsTest {
    private final QueuedUpdateBuilder queued = new QueuedUpdateBuilder(Instant.now());

    private String metricsOf(RefreshOutcome always, int tokens) {
        queued.addMany(SWORDS, 0, tokens);
        var run = new PassRunner(_ -> always);
        run.over(queued.updates());
        return run.metrics();
    }

    @Test
    void theQuotaInAnAnswerIsMeasured() {
        var quota = new ReportedQuota(677L, 675L, null, null, List.of());

        assertThat(metricsOf(new RefreshOutcome.Accepted(quota), 3))
                .contains("\"Requests\":1.0")
                .contains("\"QuotaLimit\":677.0")
                .contains("\"QuotaRemaining\":675.0");
    }

    @Test
    void aThrottledRequestIsMeasuredWithItsQuota() {
        var outcome = new RefreshOutcome.Throttled(
                new ReportedQuota(677L, 0L, null, Duration.ofMinutes(20), List.of()),
                new ApiErrorResponse(429, null, null, null));

        assertThat(metricsOf(outcome, 3))
                .contains("\"Requests\":1.0")
                .contains("\"RequestsThrottled\":1.0")
                .contains("\"RequestsFailed\":0.0")
                .contains("\"QuotaRemaining\":0.0");
    }

    @Test
    void aRefusedKeyIsReportedOncePerPassAndOnlyIfTheSecretHoldsNoOtherOne() {
        assertThat(metricsOf(ScriptedApi.KEY_REFUSED, 600)).contains("\"KeyRefused\":1.0");

        queued.addMany(SWORDS, 1000, 5);
        var rotated = new PassRunner(
                        request -> request.apiKey().equals("key-2") ? ScriptedApi.ACCEPTED : ScriptedApi.KEY_REFUSED)
                .withKeys("key-1", "key-2");
        rotated.over(queued.updates());
        assertThat(rotated.metrics()).doesNotContain("KeyRefused");
    }

    @Test
    void aRefusedCollectionIsReported() {
        assertThat(metricsOf(ScriptedApi.NOT_FOUND, 3)).contains("\"CollectionRefused\":1.0");
        assertThat(metricsOf(ScriptedApi.FORBIDDEN, 3)).contains("\"CollectionRefused\":1.0");
    }

    @Test
    void refusalsOfEveryTokenAloneAreReported() {
        assertThat(metricsOf(ScriptedApi.REFUSED, 4)).contains("\"RequestRefused\":1.0");
    }

    @Test
    void aFailedRequestIsReportedAsNoneOfThese() {
        // It is tried three times.
        queued.add(SWORDS, "1");

        assertThat(metricsOf(ScriptedApi.BROKEN, 0))
                .contains("\"Requests\":3.0")
                .contains("\"RequestsFailed\":3.0")
                .doesNotContain("Refused")
                .doesNotContain("Quota");
    }
}
