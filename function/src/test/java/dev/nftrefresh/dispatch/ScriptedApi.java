package dev.nftrefresh.dispatch;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.update.CollectionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Answers requests as a test chooses, and records them. */
final class ScriptedApi implements RefreshApi {
    static final RefreshOutcome ACCEPTED = new RefreshOutcome.Accepted(ReportedQuota.UNKNOWN);
    static final RefreshOutcome REFUSED =
            new RefreshOutcome.Refused(new ApiErrorResponse(400, "VALIDATION_ERROR", "no such trait", "trace-400"));
    static final RefreshOutcome KEY_REFUSED =
            new RefreshOutcome.KeyRefused(new ApiErrorResponse(401, "UNAUTHORISED_REQUEST", null, "trace-401"));
    static final RefreshOutcome FORBIDDEN =
            new RefreshOutcome.Forbidden(new ApiErrorResponse(403, "AUTHENTICATION_ERROR", null, "trace-403"));
    static final RefreshOutcome NOT_FOUND =
            new RefreshOutcome.CollectionNotFound(new ApiErrorResponse(404, "RESOURCE_NOT_FOUND", null, "trace-404"));
    static final RefreshOutcome BROKEN = new RefreshOutcome.Failed(new ApiErrorResponse(500, null, null, "trace-500"));
    static final RefreshOutcome CUT = new RefreshOutcome.Unknown("The connection was cut.");

    private static final Pattern TOKEN_ID = Pattern.compile("\"token_id\":\"(\\d+)\"");

    private final Queue<ReceivedRequest> requests = new ConcurrentLinkedQueue<>();
    private final Function<ReceivedRequest, RefreshOutcome> script;

    ScriptedApi(Function<ReceivedRequest, RefreshOutcome> script) {
        this.script = script;
    }

    /** One request as it was received. */
    record ReceivedRequest(CollectionId collection, String body, String apiKey) {
        List<String> tokenIds() {
            return TOKEN_ID.matcher(body).results().map(match -> match.group(1)).toList();
        }
    }

    static RefreshOutcome throttled(Duration retryAfter) {
        return new RefreshOutcome.Throttled(
                new ReportedQuota(null, null, null, retryAfter, List.of()),
                new ApiErrorResponse(429, "TOO_MANY_REQUESTS_ERROR", null, "trace-429"));
    }

    @Override
    public RefreshOutcome refresh(CollectionId collection, byte[] body, String apiKey, Duration timeout) {
        var request = new ReceivedRequest(collection, new String(body, StandardCharsets.UTF_8), apiKey);
        requests.add(request);
        return script.apply(request);
    }

    List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }
}
