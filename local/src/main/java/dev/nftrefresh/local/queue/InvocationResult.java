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
sealed interface InvocationResult {
    /** These return, all others are done. */
    record PartialFailure(Set<String> messageIds) implements InvocationResult {}

    /** All return: there was no answer, or none that can be understood. */
    record TotalFailure(String why, @Nullable Throwable cause) implements InvocationResult {}

    ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Reads an answer by Lambda's rules: in doubt everything returns. */
    static InvocationResult read(byte[] answer, Set<String> sent) {
        JsonNode root;
        try {
            root = JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            return new TotalFailure("the function's answer is not JSON", e);
        } catch (IOException e) {
            return new TotalFailure("the function's answer cannot be read", e);
        }
        if (root.isMissingNode()) {
            return new TotalFailure("the function's answer is empty", null);
        }
        // Lambda takes null, {} and a null list for "nothing failed".
        if (!root.isNull() && !root.isObject()) {
            return new TotalFailure("the function's answer is not an object", null);
        }
        JsonNode failures = root.path("batchItemFailures");
        if (!failures.isMissingNode() && !failures.isNull() && !failures.isArray()) {
            return new TotalFailure("batchItemFailures is not a list", null);
        }
        return read(failures, sent);
    }

    private static InvocationResult read(JsonNode failures, Set<String> sent) {
        Set<String> failed = new HashSet<>();
        for (JsonNode failure : failures) {
            JsonNode id = failure.path("itemIdentifier");
            if (!id.isTextual() || id.asText().isEmpty()) {
                return new TotalFailure("an itemIdentifier is missing, empty, or not a text", null);
            }
            if (!sent.contains(id.asText())) {
                return new TotalFailure("the itemIdentifier " + id.asText() + " was not in the event", null);
            }
            failed.add(id.asText());
        }
        return new PartialFailure(failed);
    }
}
