package dev.nftrefresh.operator.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.operator.ReadableTime;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the report of a file says, see docs/bulk.md.
 *
 * @param text all of it
 */
record FileReport(String text, JsonNode json) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Null if it is no report. */
    static @Nullable FileReport of(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return json.path("status").isTextual() ? new FileReport(text, json) : null;
        } catch (JsonProcessingException _) {
            return null;
        }
    }

    /** Each load of a file has its own. */
    String startedAt() {
        return json.path("started_at").asText();
    }

    /** Whether it counts what becomes of the tokens. Older loaders end at the last message that they queue. */
    boolean isCounted() {
        return json.has("tokens_accepted");
    }

    boolean isSettled() {
        return json.has("settled_at");
    }

    /** When the load ended; null if it is running. */
    @Nullable
    Instant finishedAt() {
        try {
            JsonNode time = json.path("finished_at");
            return time.isTextual() ? Instant.parse(time.asText()) : null;
        } catch (DateTimeException _) {
            return null;
        }
    }

    long tokens(String field) {
        return json.path(field).asLong();
    }

    long settled() {
        return tokens("tokens_accepted") + tokens("tokens_superseded") + tokens("tokens_dead_lettered");
    }

    /** Whether the file was loaded to its end, and not every token of it was refused. */
    boolean isGood() {
        return json.path("status").asText().equals("done")
                && tokens("tokens_queued") > 0
                && (!isSettled() || tokens("tokens_dead_lettered") < tokens("tokens_queued"));
    }

    private String queued() {
        return ReadableTime.count(tokens("tokens_queued"), "token");
    }

    /** How far the file is, for who watches. */
    String progress() {
        return finishedAt() == null ? queued() + " queued" : "%,d of %s settled".formatted(settled(), queued());
    }

    /** What became of the file. */
    String sentence() {
        var text = new StringBuilder();
        text.append(
                json.path("status").asText().equals("done")
                        ? "The file is loaded: "
                        : "The file could not be loaded to its end: ");
        text.append("%s queued, %,d refused.".formatted(queued(), tokens("tokens_rejected")));
        if (isCounted()) {
            text.append(" Accepted %,d, superseded by a newer update %,d, dead-lettered %,d."
                    .formatted(tokens("tokens_accepted"), tokens("tokens_superseded"), tokens("tokens_dead_lettered")));
        }
        String detail = json.path("detail").asText("");
        return detail.isEmpty() || detail.equals("null") ? text.toString() : text + " " + detail;
    }
}
