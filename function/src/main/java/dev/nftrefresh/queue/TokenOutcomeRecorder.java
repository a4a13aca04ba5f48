package dev.nftrefresh.queue;

import static dev.nftrefresh.telemetry.JsonLogger.field;

import dev.nftrefresh.api.ApiErrorResponse;
import dev.nftrefresh.queue.TokenOutcome.Rejected;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.RefreshMetrics;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TextExcerpt;
import dev.nftrefresh.update.UpdateMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the outcomes of an event's tokens, records the age of the oldest one, and logs a line for each that is
 * rejected, up to a limit.
 */
final class TokenOutcomeRecorder {
    /** Lines for each message and reason; one more counts the rest. */
    private static final int LINES_OF_A_REASON = 100;
    /**
     * Once an event has so many lines, each further message and reason gets one line and the count of the rest:
     * otherwise 10,000 small messages full of faults would make a million lines from an event of 6 MB.
     */
    private static final int LINES_OF_AN_EVENT = 1_000;

    private final RefreshMetrics metrics;
    private final JsonLogger log;
    private @Nullable Instant oldest;
    private int lines;

    TokenOutcomeRecorder(RefreshMetrics metrics, JsonLogger log) {
        this.metrics = metrics;
        this.log = log;
    }

    /** Adds one message; if its dead letter could not be sent, its rejected tokens will be rejected again. */
    void add(MessageOutcome outcome, boolean deadLetterUnsent) {
        var counts = new EnumMap<RefreshMetrics.TokenOutcomeKind, Integer>(RefreshMetrics.TokenOutcomeKind.class);
        switch (outcome.read()) {
            case MessageReadResult.Rejected(Rejection rejection, int tokens) -> {
                counts.merge(RefreshMetrics.TokenOutcomeKind.REJECTED, tokens, Integer::sum);
                log(outcome, rejection, null, null, null);
            }
            case MessageReadResult.ParsedMessage(UpdateMessage message) -> {
                var rejected = new EnumMap<RejectReason, Integer>(RejectReason.class);
                var written = new EnumMap<RejectReason, Integer>(RejectReason.class);
                for (int i = 0; i < outcome.tokenOutcomes().size(); i++) {
                    TokenOutcome tokenOutcome = outcome.tokenOutcomes().get(i);
                    counts.merge(named(tokenOutcome), 1, Integer::sum);
                    if (tokenOutcome instanceof Rejected(Rejection rejection, ApiErrorResponse error)) {
                        rejected.merge(rejection.reason(), 1, Integer::sum);
                        int before = written.getOrDefault(rejection.reason(), 0);
                        if (before < (lines < LINES_OF_AN_EVENT ? LINES_OF_A_REASON : 1)) {
                            written.put(rejection.reason(), before + 1);
                            String tokenId = message.elements().get(i).tokenId();
                            log(outcome, rejection, error, message, tokenId);
                        }
                    }
                }
                rejected.forEach(
                        (reason, count) -> logRest(outcome, message, reason, count - written.getOrDefault(reason, 0)));
            }
        }
        if (deadLetterUnsent) {
            counts.merge(
                    RefreshMetrics.TokenOutcomeKind.RETURNED,
                    counts.getOrDefault(RefreshMetrics.TokenOutcomeKind.REJECTED, 0),
                    Integer::sum);
            counts.remove(RefreshMetrics.TokenOutcomeKind.REJECTED);
        }
        counts.forEach(metrics::tokens);
        if (counts.containsKey(RefreshMetrics.TokenOutcomeKind.ACCEPTED)
                || counts.getOrDefault(RefreshMetrics.TokenOutcomeKind.RETURNED, 0) > 0) {
            Instant first = outcome.message().firstSentAt();
            oldest = oldest == null || first.isBefore(oldest) ? first : oldest;
        }
    }

    /**
     * Records how long ago the oldest update was first queued. Superseded and rejected updates do not count: nobody
     * waits for them any more.
     */
    void reportOldest(Instant now, boolean live) {
        if (oldest == null) {
            return;
        }
        Duration between = Duration.between(oldest, now);
        // SQS's clock is not ours.
        Duration age = between.isNegative() ? Duration.ZERO : between;
        if (live) {
            metrics.oldestUpdate(age);
        } else {
            metrics.oldestBulkUpdate(age);
        }
    }

    private static RefreshMetrics.TokenOutcomeKind named(TokenOutcome tokenOutcome) {
        return switch (tokenOutcome) {
            case TokenOutcome.Accepted _ -> RefreshMetrics.TokenOutcomeKind.ACCEPTED;
            case TokenOutcome.AcceptedBefore _, TokenOutcome.Superseded _, TokenOutcome.Duplicate _ ->
                RefreshMetrics.TokenOutcomeKind.SUPERSEDED;
            case TokenOutcome.Returned _, TokenOutcome.SearchContinued _ -> RefreshMetrics.TokenOutcomeKind.RETURNED;
            case Rejected _ -> RefreshMetrics.TokenOutcomeKind.REJECTED;
        };
    }

    private void log(
            MessageOutcome outcome,
            Rejection rejection,
            @Nullable ApiErrorResponse error,
            @Nullable UpdateMessage message,
            @Nullable String tokenId) {
        lines++;
        log.warn(
                "rejected",
                field("reason", rejection.reason()),
                field("detail", rejection.detail()),
                field("collection", message == null ? null : shown(message)),
                field("token_id", tokenId),
                field("message_id", outcome.message().messageId()),
                field("http_status", error == null ? null : error.status()),
                field("trace_id", error == null ? null : error.traceId()));
    }

    private void logRest(MessageOutcome outcome, UpdateMessage message, RejectReason reason, int rest) {
        if (rest > 0) {
            log.warn(
                    "rejected",
                    field("reason", reason),
                    field("detail", "This many more tokens of the message are rejected for this reason."),
                    field("tokens", rest),
                    field("collection", shown(message)),
                    field("message_id", outcome.message().messageId()));
        }
    }

    /** Makes a chain's name safe: it may hold control sequences for a terminal. */
    private static String shown(UpdateMessage message) {
        return TextExcerpt.of(message.collection().toString(), 300);
    }
}
