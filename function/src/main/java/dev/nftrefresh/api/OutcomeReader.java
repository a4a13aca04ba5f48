package dev.nftrefresh.api;

import java.net.http.HttpHeaders;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says what an answer means. The status decides; the body is believed only where the API's contract puts a code in it. */
public final class OutcomeReader {
    private static final int LONGEST_MESSAGE = 500;
    private static final int LONGEST_WORD = 200;

    private OutcomeReader() {}

    /**
     * What came of a request.
     *
     * @param bytes the answer's body or its beginning, whatever it holds
     * @param now the time that waits count from
     */
    public static RefreshOutcome read(int status, HttpHeaders headers, byte[] bytes, Instant now) {
        AnswerBody body = AnswerBody.read(bytes);
        var error = new ApiError(
                status,
                cut(body.field("code"), LONGEST_WORD),
                cut(body.field("message"), LONGEST_MESSAGE),
                cut(body.field("trace_id"), LONGEST_WORD));
        return switch (status) {
            case 202 -> new RefreshOutcome.Accepted(QuotaReader.read(headers, body, now));
            case 400 ->
                "VALIDATION_ERROR".equals(error.code())
                        ? new RefreshOutcome.Refused(error)
                        : new RefreshOutcome.Failed(error);
            case 401 -> new RefreshOutcome.KeyRefused(error);
            case 403 -> new RefreshOutcome.Forbidden(error);
            case 404 ->
                "RESOURCE_NOT_FOUND".equals(error.code())
                        ? new RefreshOutcome.CollectionNotFound(error)
                        : new RefreshOutcome.Failed(error);
            case 429 -> new RefreshOutcome.Throttled(QuotaReader.read(headers, body, now), error);
            case 502, 503, 504 -> new RefreshOutcome.Unknown(fromProxy(error));
            default -> new RefreshOutcome.Failed(error);
        };
    }

    private static String fromProxy(ApiError error) {
        String trace = error.traceId() == null ? "" : ", trace id " + error.traceId();
        return "A proxy answered in Immutable's place, so the request may have been applied (status " + error.status()
                + trace + ").";
    }

    private static @Nullable String cut(@Nullable String text, int limit) {
        return text == null ? null : CleanText.of(text, limit);
    }
}
