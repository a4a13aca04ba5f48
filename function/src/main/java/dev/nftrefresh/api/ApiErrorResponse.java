package dev.nftrefresh.api;

import org.jspecify.annotations.Nullable;

/**
 * What an answer other than 202 said of itself ({@code BasicAPIError} of the OpenAPI); absent where it did not. No text of
 * it has the API key in it, even if the answer had.
 *
 * @param status the HTTP status, or {@link #NOT_SENT}
 * @param code such as {@code VALIDATION_ERROR}
 * @param message the API's own sentence, cut at 500 characters
 * @param traceId Immutable's trace id, the thing to quote to its support
 * @param details the JSON of {@code details}, whose form is not documented, or its text; cut at 4,096 characters
 */
public record ApiErrorResponse(
        int status,
        @Nullable String code,
        @Nullable String message,
        @Nullable String traceId,
        @Nullable String details) {
    /** The status of an answer that was never asked for, because the request could not be sent. */
    public static final int NOT_SENT = 0;

    /** One without details. */
    public ApiErrorResponse(int status, @Nullable String code, @Nullable String message, @Nullable String traceId) {
        this(status, code, message, traceId, null);
    }
}
