package dev.nftrefresh.api;

/** The outcome of one refresh request. */
public sealed interface RefreshOutcome {
    /** 202: Immutable accepted every token of the request. */
    record Accepted(ReportedQuota quota) implements RefreshOutcome {}

    /** 400 with {@code VALIDATION_ERROR}: some token of the request is at fault, and none was accepted. */
    record Refused(ApiErrorResponse error) implements RefreshOutcome {}

    /** 401: the API key is not, or no longer, valid. */
    record KeyRefused(ApiErrorResponse error) implements RefreshOutcome {}

    /** 403 with {@code AUTHENTICATION_ERROR}: this key may not refresh this collection. */
    record Forbidden(ApiErrorResponse error) implements RefreshOutcome {}

    /** 404 with {@code RESOURCE_NOT_FOUND}: Immutable does not know this collection, or not yet. */
    record CollectionNotFound(ApiErrorResponse error) implements RefreshOutcome {}

    /** 429: the project's quota, or the limiter in front of the API, is used up. */
    record Throttled(ReportedQuota quota, ApiErrorResponse error) implements RefreshOutcome {}

    /** Any other status but a success or a 5xx, readable or not: the request was refused, so nothing was applied. */
    record Failed(ApiErrorResponse error) implements RefreshOutcome {}

    /**
     * No answer, a 5xx, or a success other than 202: the request may have been applied, or still be.
     *
     * @param reason one sentence for the log: what happened, after how long
     */
    record Unknown(String reason) implements RefreshOutcome {}
}
