package dev.nftrefresh.api;

/** What came of one refresh request. */
public sealed interface RefreshOutcome {
    /** 202: Immutable took every token of the request. */
    record Accepted(Quota quota) implements RefreshOutcome {}

    /** 400 with {@code VALIDATION_ERROR}: some token of the request is at fault, and none was taken. */
    record Refused(ApiError error) implements RefreshOutcome {}

    /** 401: the API key is not, or no longer, good. */
    record KeyRefused(ApiError error) implements RefreshOutcome {}

    /** 403: this key may not refresh this collection. */
    record Forbidden(ApiError error) implements RefreshOutcome {}

    /** 404 with {@code RESOURCE_NOT_FOUND}: Immutable does not know this collection, perhaps not yet. */
    record CollectionNotFound(ApiError error) implements RefreshOutcome {}

    /** 429: the project's quota, or the limiter in front of the API, is used up. */
    record Throttled(Quota quota, ApiError error) implements RefreshOutcome {}

    /** Any other status, readable or not: nothing was taken, as far as the API says. */
    record Failed(ApiError error) implements RefreshOutcome {}

    /**
     * No answer, or one from a proxy that had none (502, 503, 504): the request may still be applied.
     *
     * @param reason one sentence for the log: what happened, after how long
     */
    record Unknown(String reason) implements RefreshOutcome {}
}
