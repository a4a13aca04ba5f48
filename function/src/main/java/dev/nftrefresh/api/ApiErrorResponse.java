package dev.nftrefresh.api;

import org.jspecify.annotations.Nullable;

/**
 * The error in an answer other than 202 ({@code BasicAPIError} of the OpenAPI); fields that it did not have are absent.
 * No text contains the API key, even if the answer did.
 *
 * @param status the HTTP status, or {@link #NOT_SENT}
 * @param code such as {@code VALIDATION_ERROR}
 * @param message the API's own sentence, cut at 500 characters
 * @param traceId Immutable's trace id, to quote to its support
 * @param details the JSON of {@code details}, whose format is not documented, or its text; cut at 4,096 characters
 */
public record ApiErrorResponse(
        int status,
        @Nullable String code,
        @Nullable String message,
        @Nullable String traceId,
        @Nullable String details) {
    /** The status where there was no answer, because the request could not be sent. */
    public static final int NOT_SENT = 0;

    /** An error without details. */
    public ApiErrorResponse(int status, @Nullable String code, @Nullable String message, @Nullable String traceId) {
        this(status, code, message, traceId, null);
    }
}
