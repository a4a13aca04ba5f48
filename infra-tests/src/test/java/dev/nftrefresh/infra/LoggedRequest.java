package dev.nftrefresh.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request in the function's log.
 *
 * @param at when the function let it go. The API sees it later, and the first one of a copy later still, as the key is
 *     read and the connection made in between
 * @param tokenIds of the tokens in it
 */
record LoggedRequest(Instant at, List<String> tokenIds) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty if the line is about something else. */
    static Optional<LoggedRequest> of(String line) {
        if (!line.contains("\"message\":\"refresh\"")) {
            return Optional.empty();
        }
        try {
            JsonNode refresh = JSON.readTree(line);
            Instant answered = Instant.parse(refresh.required("timestamp").asText());
            Duration took = Duration.ofMillis(refresh.required("duration_ms").asLong());
            List<String> ids = refresh.required("token_ids")
                    .valueStream()
                    .map(JsonNode::asText)
                    .toList();
            return Optional.of(new LoggedRequest(answered.minus(took), ids));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
