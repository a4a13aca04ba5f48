package dev.nftrefresh.queue;

import dev.nftrefresh.queue.TokenOutcome.Returned;
import dev.nftrefresh.update.MessageReadResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a message as a whole, given the outcomes of its tokens. */
sealed interface MessageDisposition {
    /** It may be deleted once the messages made from it are sent. */
    record Finished() implements MessageDisposition {}

    /** Nothing of it was accepted or rejected: it stays in the queue, and returns after the wait. */
    record ReturnedToQueue(Duration retryIn) implements MessageDisposition {}

    static MessageDisposition on(MessageOutcome outcome) {
        if (outcome.read() instanceof MessageReadResult.Rejected
                || outcome.tokenOutcomes().stream().anyMatch(TokenOutcome::endsItsMessage)) {
            return new Finished();
        }
        Duration retryIn = longest(outcome.tokenOutcomes());
        return retryIn == null ? new Finished() : new ReturnedToQueue(retryIn);
    }

    private static @Nullable Duration longest(List<TokenOutcome> tokenOutcomes) {
        return tokenOutcomes.stream()
                .<Duration>mapMulti((tokenOutcome, waits) -> {
                    if (tokenOutcome instanceof Returned(Duration retryIn)) {
                        waits.accept(retryIn);
                    }
                })
                .max(Duration::compareTo)
                .orElse(null);
    }
}
