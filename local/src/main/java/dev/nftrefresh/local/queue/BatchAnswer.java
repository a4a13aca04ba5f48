package dev.nftrefresh.local.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an invocation means for the messages of its event. */
sealed interface BatchAnswer {
    /** These return, all others are done. */
    record Failed(Set<String> messageIds) implements BatchAnswer {}

    /** All return: there was no answer, or none that can be understood. */
    record Unusable(String why, @Nullable Throwable cause) implements BatchAnswer {}

    ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Reads an answer by Lambda's rules: in doubt everything returns. */
    static BatchAnswer read(byte[] answer, Set<String> sent) {
        JsonNode root;
        try {
            root = JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            return new Unusable("the function's answer is not JSON", e);
        } catch (IOException e) {
            return new Unusable("the function's answer cannot be read", e);
        }
        if (root.isMissingNode()) {
            return new Unusable("the function's answer is empty", null);
        }
        // Lambda takes null, {} and a null list for "nothing failed".
        if (!root.isNull() && !root.isObject()) {
            return new Unusable("the function's answer is not an object", null);
        }
        JsonNode failures = root.path("batchItemFailures");
        if (!failures.isMissingNode() && !failures.isNull() && !failures.isArray()) {
            return new Unusable("batchItemFailures is not a list", null);
        }
        return read(failures, sent);
    }

    private static BatchAnswer read(JsonNode failures, Set<String> sent) {
        Set<String> failed = new HashSet<>();
        for (JsonNode failure : failures) {
            JsonNode id = failure.path("itemIdentifier");
            if (!id.isTextual() || id.asText().isEmpty()) {
                return new Unusable("an itemIdentifier is missing, empty, or not a text", null);
            }
            if (!sent.contains(id.asText())) {
                return new Unusable("the itemIdentifier " + id.asText() + " was not in the event", null);
            }
            failed.add(id.asText());
        }
        return new Failed(failed);
    }
}
