package dev.nftrefresh.waiting;

import dev.nftrefresh.batch.RemainingCapacity;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds copies of updates whose request was not worth sending yet. Their messages stay in the queue, so an update that
 * is lost here is only late. Thread-safe.
 */
public interface WaitingUpdateStore {
    /** A store without waiting updates: each message waits in the queue alone. */
    WaitingUpdateStore NONE = new WaitingUpdateStore() {
        @Override
        public WaitingUpdates find(CollectionId collection, Duration timeout) {
            return WaitingUpdates.EMPTY;
        }

        @Override
        public void add(
                List<TokenUpdate> updates,
                WaitingUpdates waitingUpdates,
                Instant reservedSendTime,
                Instant now,
                Duration timeout) {}

        @Override
        public WaitingUpdateStore ofSeparateRequests() {
            return this;
        }
    };

    /**
     * The waiting updates of this collection; none where they cannot be read.
     *
     * @param timeout how long the caller can wait
     */
    WaitingUpdates find(CollectionId collection, Duration timeout);

    /**
     * Adds updates of one collection, unless too many wait. An update that waits already is not added twice.
     *
     * @param waitingUpdates the waiting updates as last read
     * @param reservedSendTime when their request may be sent
     * @param timeout how long the caller can wait
     */
    void add(
            List<TokenUpdate> updates,
            WaitingUpdates waitingUpdates,
            Instant reservedSendTime,
            Instant now,
            Duration timeout);

    /** A store for requests that are sent separately: it holds only reserved send times. */
    WaitingUpdateStore ofSeparateRequests();

    /** The waiting updates of one collection. */
    interface WaitingUpdates {
        /** No waiting updates. */
        WaitingUpdates EMPTY = new WaitingUpdates() {
            @Override
            public List<TokenUpdate> updates() {
                return List.of();
            }

            @Override
            public @Nullable Instant reservedSendTime() {
                return null;
            }

            @Override
            public List<TokenUpdate> take(RemainingCapacity capacity, Predicate<TokenUpdate> isOpen, Duration timeout) {
                return List.of();
            }
        };

        /** All of them, the first added first. */
        List<TokenUpdate> updates();

        /** When their request may be sent, the earliest time reserved for any of them; null if none was. */
        @Nullable
        Instant reservedSendTime();

        /**
         * Takes as many of the first ones as fit, so that no other request gets them.
         *
         * @param capacity of the request that is to include them
         * @param isOpen which of them still have to be sent; the others are removed, and take no capacity. Called once
         *     for each, in order
         * @param timeout how long the caller can wait
         */
        List<TokenUpdate> take(RemainingCapacity capacity, Predicate<TokenUpdate> isOpen, Duration timeout);
    }
}
