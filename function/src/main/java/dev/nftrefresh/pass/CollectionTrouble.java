package dev.nftrefresh.pass;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.queue.QueuedMessage;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.RejectReason;
import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TokenKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The collections that Immutable does not know (404), or does not let this key refresh (403). That is their trouble
 * alone, and somebody may mend it: a collection is often registered minutes after its first mint.
 */
final class CollectionTrouble {
    /** Attempts before an update is given up; a single odd answer is not enough. */
    private static final int LEAST_ATTEMPTS = 3;

    private final Map<CollectionId, Trouble> troubled = new HashMap<>();

    /** What is wrong, and how old an update must be to be given up for it. */
    record Trouble(ApiError error, RejectReason reason, Duration patience) {
        /** 404 is given an hour. */
        static Trouble notFound(ApiError error) {
            return new Trouble(error, RejectReason.COLLECTION_NOT_FOUND, Duration.ofHours(1));
        }

        /** 403 is given a day: rights are mended by people. */
        static Trouble forbidden(ApiError error) {
            return new Trouble(error, RejectReason.REFUSED_BY_API, Duration.ofHours(24));
        }

        /** Why the update is given up, or null if it may still wait. */
        @Nullable
        Rejection rejection(TokenKey key, QueuedMessage message, Instant now) {
            Duration age = Duration.between(message.firstSentAt(), now);
            if (age.compareTo(patience) <= 0 || message.attempts() < LEAST_ATTEMPTS) {
                return null;
            }
            return new Rejection(
                    reason,
                    "Token %s of collection %s was answered with %d for %d minutes."
                            .formatted(key.tokenId(), key.collection(), error.status(), age.toMinutes()));
        }
    }

    void found(CollectionId collection, Trouble trouble) {
        troubled.put(collection, trouble);
    }

    /** What is wrong with this collection, or null if nothing is known to be. */
    @Nullable
    Trouble of(CollectionId collection) {
        return troubled.get(collection);
    }
}
