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
 * Holds copies of updates whose request was not worth sending yet. Their messages stay in the queue, so what is lost
 * here is only late. Safe for use by many threads.
 */
public interface WaitingUpdateStore {
    /** Where nothing waits: each message waits in the queue alone. */
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
     * Who waits for a request of this collection; nobody where it cannot be found out.
     *
     * @param timeout how long the caller can wait
     */
    WaitingUpdates find(CollectionId collection, Duration timeout);

    /**
     * Lets updates of one collection wait, unless too many do. Those who sit there already do not sit down twice.
     *
     * @param waitingUpdates who waited at the last look
     * @param reservedSendTime when their request may go
     * @param timeout how long the caller can wait
     */
    void add(
            List<TokenUpdate> updates,
            WaitingUpdates waitingUpdates,
            Instant reservedSendTime,
            Instant now,
            Duration timeout);

    /** Another one for requests that go by themselves: it only remembers what was promised. */
    WaitingUpdateStore ofSeparateRequests();

    /** Those who wait for a request of one collection. */
    interface WaitingUpdates {
        /** Nobody. */
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

        /** All of them, those who came first at the front. */
        List<TokenUpdate> updates();

        /** When their request may go, the first moment that was promised to any of them; null if none was. */
        @Nullable
        Instant reservedSendTime();

        /**
         * Takes some of them out of the room, whom nobody else gets then: those at the front, as many as fit.
         *
         * @param capacity of the request in which they are to ride
         * @param isOpen which of them still have to be sent; the others leave the room, and take no place. Asked once for
         *     each, from the front on
         * @param timeout how long the caller can wait
         */
        List<TokenUpdate> take(RemainingCapacity capacity, Predicate<TokenUpdate> isOpen, Duration timeout);
    }
}
