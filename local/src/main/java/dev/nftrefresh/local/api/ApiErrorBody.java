package dev.nftrefresh.local.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** An error as the OpenAPI's {@code BasicAPIError} and its heirs have it. */
final class ApiErrorBody {
    static final String VALIDATION = "VALIDATION_ERROR";
    static final String UNAUTHORISED = "UNAUTHORISED_REQUEST";
    static final String NOT_FOUND = "RESOURCE_NOT_FOUND";
    static final String THROTTLED = "TOO_MANY_REQUESTS_ERROR";

    private ApiErrorBody() {}

    static String of(String code, String message) {
        ObjectNode error = JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("message", message)
                .put("link", "https://docs.immutable.com")
                .put("trace_id", UUID.randomUUID().toString().replace("-", ""));
        return error.putNull("details").toString();
    }
}
