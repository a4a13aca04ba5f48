package dev.nftrefresh.operator.status;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nftrefresh.ratelimit.RateLimiterStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A status for scripts. */
final class StatusJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private StatusJson() {}

    static ObjectNode of(StackStatus status) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("stack", status.stack());
        json.put("environment", status.environment());
        json.put("at", status.at().toString());
        json.put("well", status.isWell());
        json.put("paused", status.paused());
        ArrayNode concerns = json.putArray("needs_attention");
        for (OperatorConcern concern : status.concerns()) {
            concerns.addObject()
                    .put("name", concern.name())
                    .put("alarm", concern.alarm())
                    .put("since", text(concern.since()))
                    .put("meaning", concern.meaning())
                    .put("help", concern.help());
        }
        ArrayNode ending = json.putArray("alarms_ending");
        for (EndingAlarm alarm : status.ending()) {
            ending.addObject()
                    .put("name", alarm.name())
                    .put("since", text(alarm.since()))
                    .put("within_seconds", alarm.within().toSeconds());
        }
        quota(json.putObject("quota"), status);
        json.put("accepted_last_hour", status.acceptedInLastHour());
        json.put("tokens_per_message", status.tokensPerMessage());
        ObjectNode queues = json.putObject("queues");
        status.queues().forEach(queue -> queue(queues.putObject(queue.queue().jsonName), queue, status));
        ObjectNode letters = json.putObject("dead_letters");
        letters.put("updates", status.deadLetters().updates());
        letters.put("files", status.deadLetters().files());
        ObjectNode reasons = letters.putObject("by_reason");
        status.deadLetters().byReason().forEach((reason, count) -> reasons.put(reason, count));
        ArrayNode files = json.putArray("files");
        for (BulkFileStatus file : status.files().files()) {
            files.addObject()
                    .put("name", file.name())
                    .put("status", file.status())
                    .put("tokens_queued", file.queued())
                    .put("tokens_rejected", file.rejected())
                    .put("tokens_accepted", file.accepted())
                    .put("tokens_settled", file.settled());
        }
        json.put("files_unread", status.files().unread());
        return json;
    }

    private static void quota(ObjectNode json, StackStatus status) {
        RateLimiterStatus quota = status.quota();
        json.put("unit", quota.tokensCount() ? "token" : "request");
        json.put("limit", quota.limit());
        json.put("remaining", quota.remaining());
        json.put("remaining_told_at", text(quota.remainingToldAt()));
        json.put("reset", text(quota.reset()));
        json.put("closed_until", text(quota.closedUntil()));
        json.put("spent_by_others", status.spentByOthers());
        json.put("last_accepted_at", text(quota.lastAcceptedAt()));
        json.put("failures_in_a_row", quota.failuresInARow());
        json.put("last_failed_at", text(quota.lastFailedAt()));
    }

    private static void queue(ObjectNode json, QueueStatus queue, StackStatus status) {
        json.put("waiting", queue.waiting());
        json.put("parked_or_in_flight", queue.hidden());
        json.put("delayed", queue.delayed());
        json.put("estimated_tokens", status.estimatedTokens(queue));
        json.put(
                "oldest_age_seconds",
                queue.oldestAge() == null || queue.messages() == 0
                        ? null
                        : (Long) queue.oldestAge().toSeconds());
        json.put("arrived_last_hour", queue.arrivedInLastHour());
        json.put("done_last_hour", queue.doneInLastHour());
        switch (BacklogForecast.of(queue, status.paused(), status.at())) {
            case BacklogForecast.Empty _ -> json.put("forecast", "empty").putNull("through_at");
            case BacklogForecast.Paused _ -> json.put("forecast", "paused").putNull("through_at");
            case BacklogForecast.Unknown _ -> json.put("forecast", "unknown").putNull("through_at");
            case BacklogForecast.Few _ -> json.put("forecast", "few").putNull("through_at");
            case BacklogForecast.OutOfReach _ ->
                json.put("forecast", "out_of_reach").putNull("through_at");
            case BacklogForecast.Through(Instant at, boolean growing) ->
                json.put("forecast", growing ? "growing" : "shrinking").put("through_at", at.toString());
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
