package dev.nftrefresh.pass;

import static dev.nftrefresh.telemetry.JsonLog.field;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.pass.InFlight.Answer;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.JsonLog.Field;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.telemetry.RefreshMetrics.RequestEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts every request, and writes a line for it that a search for one of its tokens finds. */
final class RequestRecord {
    private final RefreshMetrics metrics;
    private final JsonLog log;

    RequestRecord(RefreshMetrics metrics, JsonLog log) {
        this.metrics = metrics;
        this.log = log;
    }

    void write(Answer answer, Instant now) {
        var tokens = answer.sent().load().tokens();
        int largest =
                tokens.stream().mapToInt(token -> token.json().length()).max().orElse(0);
        metrics.request(end(answer.outcome()), tokens.size(), answer.sent().bytes(), largest);

        var fields = new ArrayList<Field>();
        fields.add(field("outcome", answer.outcome().getClass().getSimpleName()));
        fields.add(field("collection", answer.sent().request().collection()));
        fields.add(field("tokens", tokens.size()));
        fields.add(field("bytes", answer.sent().bytes()));
        fields.add(
                field("duration_ms", Duration.between(answer.sent().at(), now).toMillis()));
        switch (answer.outcome()) {
            case RefreshOutcome.Accepted(Quota quota) -> add(fields, quota);
            case RefreshOutcome.Throttled(Quota quota, ApiError error) -> {
                add(fields, quota);
                add(fields, error);
            }
            case RefreshOutcome.Refused(ApiError error) -> add(fields, error);
            case RefreshOutcome.KeyRefused(ApiError error) -> add(fields, error);
            case RefreshOutcome.Forbidden(ApiError error) -> add(fields, error);
            case RefreshOutcome.CollectionNotFound(ApiError error) -> add(fields, error);
            case RefreshOutcome.Failed(ApiError error) -> add(fields, error);
            case RefreshOutcome.Unknown(String reason) -> fields.add(field("reason", reason));
        }
        fields.add(field(
                "token_ids", tokens.stream().map(token -> token.key().tokenId()).toList()));
        Field[] all = fields.toArray(Field[]::new);
        if (answer.outcome() instanceof RefreshOutcome.Accepted) {
            log.info("refresh", all);
        } else {
            log.warn("refresh", all);
        }
    }

    private void add(List<Field> fields, Quota quota) {
        metrics.quota(quota.limit(), quota.remaining());
        fields.add(field("quota_limit", quota.limit()));
        fields.add(field("quota_remaining", quota.remaining()));
        fields.add(field("quota_reset", quota.reset()));
        fields.add(field("retry_after", quota.retryAfter()));
        fields.add(field("unreadable", quota.unreadable().isEmpty() ? null : quota.unreadable()));
    }

    private static void add(List<Field> fields, ApiError error) {
        fields.add(field("status", error.status()));
        fields.add(field("code", error.code()));
        fields.add(field("api_message", error.message()));
        fields.add(field("trace_id", error.traceId()));
        fields.add(field("api_details", error.details()));
    }

    private static RequestEnd end(RefreshOutcome outcome) {
        return switch (outcome) {
            case RefreshOutcome.Accepted _ -> RequestEnd.ACCEPTED;
            case RefreshOutcome.Throttled _ -> RequestEnd.THROTTLED;
            default -> RequestEnd.FAILED;
        };
    }
}
