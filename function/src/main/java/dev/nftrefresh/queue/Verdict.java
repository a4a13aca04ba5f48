package dev.nftrefresh.queue;

import dev.nftrefresh.queue.Fate.Returned;
import dev.nftrefresh.update.ReadResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a message as a whole, from what became of its tokens. */
sealed interface Verdict {
    /** It may be deleted once what was made of it is sent. */
    record Finished() implements Verdict {}

    /** Nothing of it was accepted or rejected: it stays in the queue, and comes back after the wait. */
    record ComesBack(Duration retryIn) implements Verdict {}

    static Verdict on(MessageOutcome outcome) {
        if (outcome.read() instanceof ReadResult.Refused
                || outcome.fates().stream().anyMatch(Fate::endsItsMessage)) {
            return new Finished();
        }
        Duration retryIn = longest(outcome.fates());
        return retryIn == null ? new Finished() : new ComesBack(retryIn);
    }

    private static @Nullable Duration longest(List<Fate> fates) {
        return fates.stream()
                .<Duration>mapMulti((fate, waits) -> {
                    if (fate instanceof Returned(Duration retryIn)) {
                        waits.accept(retryIn);
                    }
                })
                .max(Duration::compareTo)
                .orElse(null);
    }
}
