package dev.nftrefresh.queue;

import dev.nftrefresh.queue.Fate.Rejected;
import dev.nftrefresh.queue.Fate.Returned;
import dev.nftrefresh.queue.Verdict.ComesBack;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a message away that SQS would lose, or move without a reason, before its next attempt. */
final class Expiry {
    private Expiry() {}

    /** The outcome as it is, or with what would come back too late rejected. */
    static MessageOutcome applied(MessageOutcome outcome, Instant now) {
        String why = Verdict.on(outcome) instanceof ComesBack back ? reason(outcome.message(), back, now) : null;
        if (why == null) {
            return outcome;
        }
        List<Fate> fates = outcome.fates().stream()
                .map(fate ->
                        fate instanceof Returned ? new Rejected(new Rejection(RejectReason.EXPIRED, why), null) : fate)
                .toList();
        return new MessageOutcome(outcome.message(), outcome.read(), fates);
    }

    private static @Nullable String reason(QueuedMessage message, ComesBack back, Instant now) {
        if (message.receiveCount() >= SqsLimits.MAX_RECEIVES) {
            return "The message was received %d times and still not accepted: mend the cause, then redrive it."
                    .formatted(message.receiveCount());
        }
        Instant end = message.sentAt().plus(SqsLimits.RETENTION);
        if (!now.plus(back.retryIn()).isBefore(end)) {
            return "The next attempt in %d s would come after the queue forgets the message at %s."
                    .formatted(back.retryIn().toSeconds(), end);
        }
        return null;
    }
}
