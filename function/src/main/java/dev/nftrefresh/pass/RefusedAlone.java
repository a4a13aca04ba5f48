package dev.nftrefresh.pass;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.queue.Fate.Rejected;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import java.util.ArrayList;
import java.util.List;

/** The tokens that Immutable refused when they were alone in a request. */
final class RefusedAlone {
    /** So many different tokens refused, and nothing accepted: then it is the request that is refused. */
    private static final int TOO_MANY = 3;

    private final List<QueuedUpdate> refused = new ArrayList<>();
    private boolean somethingAccepted;

    /**
     * The fate of a token that was refused alone, as far as one can tell now. That of a message that goes alone is
     * certain: what is left of a search can well be bad tokens only, and a pass that doubts its requests leaves none.
     */
    Rejected add(QueuedUpdate update, ApiError error) {
        if (!update.message().sendAlone()) {
            refused.add(update);
        }
        String said = error.message() == null ? "without a word" : "with \"" + error.message() + "\"";
        return new Rejected(
                new Rejection(
                        RejectReason.REFUSED_BY_API,
                        "Token %s was refused alone by the API, %s."
                                .formatted(update.token().key().tokenId(), said)),
                error);
    }

    void somethingWasAccepted() {
        somethingAccepted = true;
    }

    boolean isAnythingAccepted() {
        return somethingAccepted;
    }

    /** Those that must not be rejected after all, because every request was refused, whatever was in it. */
    List<QueuedUpdate> acquitted() {
        long tokens =
                refused.stream().map(update -> update.token().key()).distinct().count();
        return tokens >= TOO_MANY && !somethingAccepted ? refused : List.of();
    }
}
