package dev.nftrefresh.api;

import java.net.http.HttpHeaders;
import java.time.Instant;

/** Interprets an answer. The status decides; the body counts only where the API's contract has a code in it. */
public final class RefreshOutcomeReader {
    private static final int LONGEST_MESSAGE = 500;
    private static final int LONGEST_WORD = 200;
    private static final int LONGEST_DETAILS = 4096;

    private RefreshOutcomeReader() {}

    /**
     * The outcome of a request.
     *
     * @param bytes the answer's body or its beginning, whatever it contains
     * @param apiKey the key that was sent: no text of the outcome contains it, even if the answer repeats it
     * @param now the time from which waits count
     */
    public static RefreshOutcome read(int status, HttpHeaders headers, byte[] bytes, String apiKey, Instant now) {
        ResponseBody body = ResponseBody.read(bytes);
        var texts = new RedactedResponseText(apiKey);
        var error = new ApiErrorResponse(
                status,
                texts.nullable(body.field("code"), LONGEST_WORD),
                texts.nullable(body.field("message"), LONGEST_MESSAGE),
                texts.nullable(body.field("trace_id"), LONGEST_WORD),
                texts.nullable(body.details(), LONGEST_DETAILS));
        return switch (status) {
            case 202 -> new RefreshOutcome.Accepted(ReportedQuotaReader.read(headers, body, texts, now));
            case 400 ->
                isCode("VALIDATION_ERROR", body) ? new RefreshOutcome.Refused(error) : new RefreshOutcome.Failed(error);
            case 401 -> new RefreshOutcome.KeyRefused(error);
            // Without the code the answer is not Immutable's, but that of a firewall in front of it, for example.
            case 403 ->
                isCode("AUTHENTICATION_ERROR", body)
                        ? new RefreshOutcome.Forbidden(error)
                        : new RefreshOutcome.Failed(error);
            case 404 ->
                isCode("RESOURCE_NOT_FOUND", body)
                        ? new RefreshOutcome.CollectionNotFound(error)
                        : new RefreshOutcome.Failed(error);
            case 429 -> new RefreshOutcome.Throttled(ReportedQuotaReader.read(headers, body, texts, now), error);
            default ->
                mayHaveBeenApplied(status)
                        ? new RefreshOutcome.Unknown(unknown(error))
                        : new RefreshOutcome.Failed(error);
        };
    }

    private static boolean isCode(String code, ResponseBody body) {
        return code.equals(body.field("code"));
    }

    /**
     * Whether the request may have been applied. A proxy that answers 502, 503 or 504 does not know whether the request
     * arrived, a 500 may come after the work was queued, and any success means that something was done. With every
     * other answer the request was refused.
     */
    private static boolean mayHaveBeenApplied(int status) {
        return (status >= 200 && status < 300) || (status >= 500 && status < 600);
    }

    private static String unknown(ApiErrorResponse error) {
        String message = error.message() == null ? "" : " and \"" + error.message() + "\"";
        String trace = error.traceId() == null ? "" : " (trace id " + error.traceId() + ")";
        return "The answer came with status " + error.status() + message + ", so the request may have been applied"
                + trace + ".";
    }
}
