package dev.nftrefresh.queue;

import dev.nftrefresh.queue.TokenOutcome.Rejected;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends endless retries: returned tokens, whether in their message or in a remainder of it, are rejected when their
 * update is too old or was delivered too often, before SQS would delete their message or move it without a reason.
 * Updates that were delivered often wait longer, so that deliveries do not end them: a message whose many tokens each have
 * to go alone, under a small quota, is delivered for each of them.
 */
final class UpdateExpiry {
    /** From half of the receives on, the others are spread evenly over the days that are left. */
    private static final int OFTEN_RECEIVED = SqsLimits.MAX_RECEIVES / 2;

    private UpdateExpiry() {}

    /** The outcome, in which tokens that would return too late are rejected, and those that returned often are delayed. */
    static MessageOutcome apply(MessageOutcome outcome, Instant now) {
        Duration wait = wait(outcome);
        if (wait == null) {
            return outcome;
        }
        String why = reason(outcome.message(), wait, now);
        if (why == null) {
            return delayed(outcome, now);
        }
        var expired = new Rejected(new Rejection(RejectReason.EXPIRED, why), null);
        List<TokenOutcome> tokenOutcomes = outcome.tokenOutcomes().stream()
                .map(tokenOutcome -> waitOf(tokenOutcome) == null ? tokenOutcome : expired)
                .toList();
        return new MessageOutcome(outcome.message(), outcome.read(), tokenOutcomes);
    }

    private static MessageOutcome delayed(MessageOutcome outcome, Instant now) {
        QueuedMessage message = outcome.message();
        if (message.attempts() < OFTEN_RECEIVED) {
            return outcome;
        }
        Duration left = Duration.between(now, message.firstSentAt().plus(SqsLimits.MAX_AGE));
        Duration shortest = Duration.ofSeconds(left.toSeconds() / (SqsLimits.MAX_RECEIVES - message.attempts()));
        List<TokenOutcome> tokenOutcomes = outcome.tokenOutcomes().stream()
                .map(tokenOutcome -> delayed(tokenOutcome, shortest))
                .toList();
        return new MessageOutcome(message, outcome.read(), tokenOutcomes);
    }

    private static TokenOutcome delayed(TokenOutcome tokenOutcome, Duration shortest) {
        return switch (tokenOutcome) {
            case TokenOutcome.Returned(Duration retryIn) -> new TokenOutcome.Returned(longer(retryIn, shortest));
            case TokenOutcome.SearchContinued(SearchProgress search, int place, Duration retryIn) ->
                new TokenOutcome.SearchContinued(search, place, longer(retryIn, shortest));
            case TokenOutcome.Accepted _,
                    TokenOutcome.AcceptedBefore _,
                    TokenOutcome.Superseded _,
                    TokenOutcome.Duplicate _,
                    Rejected _ -> tokenOutcome;
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** The wait until the last of its tokens returns; null if none does. */
    private static @Nullable Duration wait(MessageOutcome outcome) {
        Duration longest = null;
        for (TokenOutcome tokenOutcome : outcome.tokenOutcomes()) {
            Duration wait = waitOf(tokenOutcome);
            longest = wait == null || (longest != null && longest.compareTo(wait) >= 0) ? longest : wait;
        }
        boolean remainder = MessageDisposition.on(outcome) instanceof MessageDisposition.Finished;
        Duration most = remainder ? SqsLimits.MAX_DELAY : SqsLimits.MAX_VISIBILITY;
        return longest != null && longest.compareTo(most) > 0 ? most : longest;
    }

    private static @Nullable Duration waitOf(TokenOutcome tokenOutcome) {
        return switch (tokenOutcome) {
            case TokenOutcome.Returned(Duration retryIn) -> retryIn;
            case TokenOutcome.SearchContinued(SearchProgress _, int _, Duration retryIn) -> retryIn;
            case TokenOutcome.Accepted _,
                    TokenOutcome.AcceptedBefore _,
                    TokenOutcome.Superseded _,
                    TokenOutcome.Duplicate _,
                    Rejected _ -> null;
        };
    }

    private static @Nullable String reason(QueuedMessage message, Duration wait, Instant now) {
        if (message.attempts() >= SqsLimits.MAX_RECEIVES) {
            return "The update was received %d times and still not accepted: fix the cause, then redrive it."
                    .formatted(message.attempts());
        }
        if (now.plus(wait).isAfter(message.firstSentAt().plus(SqsLimits.MAX_AGE))) {
            return ("The next attempt, in %d s, would come later than %d days after the update was first queued at %s:"
                            + " fix the cause, then redrive it.")
                    .formatted(wait.toSeconds(), SqsLimits.MAX_AGE.toDays(), message.firstSentAt());
        }
        return null;
    }
}
