package dev.nftrefresh.dispatch;

import static dev.nftrefresh.telemetry.JsonLogger.field;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.dispatch.InFlightRequests.RequestResult;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.JsonLogger.LogField;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.telemetry.RefreshMetrics.RequestOutcomeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts every request, and logs a line that a search for any of its token ids finds. */
final class RequestRecorder {
    private final RefreshMetrics metrics;
    private final JsonLogger log;

    RequestRecorder(RefreshMetrics metrics, JsonLogger log) {
        this.metrics = metrics;
        this.log = log;
    }

    void write(RequestResult answer, Instant now) {
        var tokens = answer.sent().claimed().tokens();
        int largest =
                tokens.stream().mapToInt(token -> token.json().length()).max().orElse(0);
        metrics.request(end(answer.outcome()), tokens.size(), answer.sent().bytes(), largest);

        var fields = new ArrayList<LogField>();
        fields.add(field("outcome", answer.outcome().getClass().getSimpleName()));
        fields.add(field("collection", answer.sent().request().collection()));
        fields.add(field("tokens", tokens.size()));
        fields.add(field("bytes", answer.sent().bytes()));
        fields.add(
                field("duration_ms", Duration.between(answer.sent().at(), now).toMillis()));
        switch (answer.outcome()) {
            case RefreshOutcome.Accepted(ReportedQuota quota) -> add(fields, quota);
            case RefreshOutcome.Throttled(ReportedQuota quota, ApiErrorResponse error) -> {
                add(fields, quota);
                add(fields, error);
            }
            case RefreshOutcome.Refused(ApiErrorResponse error) -> add(fields, error);
            case RefreshOutcome.KeyRefused(ApiErrorResponse error) -> add(fields, error);
            case RefreshOutcome.Forbidden(ApiErrorResponse error) -> add(fields, error);
            case RefreshOutcome.CollectionNotFound(ApiErrorResponse error) -> add(fields, error);
            case RefreshOutcome.Failed(ApiErrorResponse error) -> add(fields, error);
            case RefreshOutcome.Unknown(String reason) -> fields.add(field("reason", reason));
        }
        fields.add(field(
                "token_ids", tokens.stream().map(token -> token.key().tokenId()).toList()));
        LogField[] all = fields.toArray(LogField[]::new);
        if (answer.outcome() instanceof RefreshOutcome.Accepted) {
            log.info("refresh", all);
        } else {
            log.warn("refresh", all);
        }
    }

    private void add(List<LogField> fields, ReportedQuota quota) {
        metrics.quota(quota.limit(), quota.remaining());
        fields.add(field("quota_limit", quota.limit()));
        fields.add(field("quota_remaining", quota.remaining()));
        fields.add(field("quota_reset", quota.reset()));
        fields.add(field("retry_after", quota.retryAfter()));
        fields.add(field("unreadable", quota.unreadable().isEmpty() ? null : quota.unreadable()));
    }

    private static void add(List<LogField> fields, ApiErrorResponse error) {
        fields.add(field("status", error.status()));
        fields.add(field("code", error.code()));
        fields.add(field("api_message", error.message()));
        fields.add(field("trace_id", error.traceId()));
        fields.add(field("api_details", error.details()));
    }

    private static RequestOutcomeKind end(RefreshOutcome outcome) {
        return switch (outcome) {
            case RefreshOutcome.Accepted _ -> RequestOutcomeKind.ACCEPTED;
            case RefreshOutcome.Throttled _ -> RequestOutcomeKind.THROTTLED;
            default -> RequestOutcomeKind.FAILED;
        };
    }
}
