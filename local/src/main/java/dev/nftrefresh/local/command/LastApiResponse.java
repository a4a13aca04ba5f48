package dev.nftrefresh.local.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the API answered last, as the function's log has it. Safe for use by many threads. */
final class LastApiResponse {
    private static final JsonFactory JSON = new JsonFactory();
    /** The outcome of a 403 that is about the key. */
    private static final String FORBIDDEN = "Forbidden";
    /** A request gets so far only with a key that the API takes. */
    private static final Set<String> OUTCOMES_OF_A_GOOD_KEY = Set.of("Accepted", "Refused", "CollectionNotFound");
    /** It stands last, and may be thousands of ids long. */
    private static final String LAST_FIELD = "token_ids";

    /** How the function logs an answer after which the request may have been applied. */
    private static final Pattern STATUS = Pattern.compile("came with status (\\d{3})(?: and \"(.*)\")?, so");

    private final InstantSource clock;
    /** Collections that were asked for, and those that were answered with a 403. */
    private final Set<String> tried = new HashSet<>();

    private final Set<String> forbidden = new HashSet<>();
    private boolean keyIsGood;
    private @Nullable Quota quota;
    private @Nullable Failure failure;

    LastApiResponse(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The quota as the last answer that named it did.
     *
     * @param reset when it opens again
     */
    record Quota(long limit, long remaining, Instant reset) {}

    /**
     * An answer that accepted nothing.
     *
     * @param status of the answer; null if there was none
     * @param text what it said, or why there was none
     */
    record Failure(Instant at, @Nullable Integer status, String text) {}

    /** The quota that was named last; null if none was. */
    synchronized @Nullable Quota quota() {
        return quota;
    }

    /** The last answer, if it accepted nothing; null if it did, or none came yet. */
    synchronized @Nullable Failure failure() {
        return failure;
    }

    /** Whether the API answered 403 for each collection that was tried, and took the key for none: then it is the key that is wrong. */
    synchronized boolean isForbiddenEverywhere() {
        return !keyIsGood && !forbidden.isEmpty() && forbidden.size() == tried.size();
    }

    /** Reads a line of the function's log. */
    void read(byte[] line, int length) {
        Map<String, String> fields = fields(line, length);
        if ("refresh".equals(fields.get("message"))) {
            answered(fields);
        }
    }

    private synchronized void answered(Map<String, String> fields) {
        String collection = fields.getOrDefault("collection", "");
        String outcome = fields.getOrDefault("outcome", "");
        tried.add(collection);
        if (outcome.equals(FORBIDDEN)) {
            forbidden.add(collection);
        }
        keyIsGood |= OUTCOMES_OF_A_GOOD_KEY.contains(outcome);
        failure = "INFO".equals(fields.get("level")) ? null : failure(fields);
        try {
            if (fields.containsKey("quota_limit") && fields.containsKey("quota_reset")) {
                quota = new Quota(
                        Long.parseLong(fields.get("quota_limit")),
                        Long.parseLong(fields.getOrDefault("quota_remaining", "0")),
                        Instant.parse(fields.get("quota_reset")));
            }
        } catch (NumberFormatException | DateTimeParseException _) {
            // A quota that cannot be read is not shown; the one before it holds until the next answer.
        }
    }

    private Failure failure(Map<String, String> fields) {
        String reason = fields.getOrDefault("reason", "");
        Matcher named = STATUS.matcher(reason);
        if (named.find()) {
            String said = named.group(2);
            return new Failure(clock.instant(), Integer.valueOf(named.group(1)), said == null ? "" : said);
        }
        String status = fields.get("status");
        String text = fields.getOrDefault("api_message", fields.getOrDefault("code", reason));
        return new Failure(clock.instant(), status == null ? null : Integer.valueOf(status), text);
    }

    private static Map<String, String> fields(byte[] line, int length) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(line, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return fields;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME
                    && !json.currentName().equals(LAST_FIELD)) {
                String name = json.currentName();
                if (json.nextToken().isScalarValue()) {
                    fields.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException _) {
            // The JVM writes a warning there, say: it is no answer of the API.
        }
        return fields;
    }
}
