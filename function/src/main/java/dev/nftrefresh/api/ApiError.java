package dev.nftrefresh.api;

import org.jspecify.annotations.Nullable;

/**
 * What an answer other than 202 said of itself ({@code BasicAPIError} of the OpenAPI); absent where it did not.
 *
 * @param status the HTTP status, or {@link #NOT_SENT}
 * @param code such as {@code VALIDATION_ERROR}
 * @param message the API's own sentence, cut at 500 characters
 * @param traceId Immutable's trace id, the thing to quote to its support
 */
public record ApiError(
        int status,
        @Nullable String code,
        @Nullable String message,
        @Nullable String traceId) {
    /** The status of an answer that was never asked for, because the request could not be sent. */
    public static final int NOT_SENT = 0;
}
