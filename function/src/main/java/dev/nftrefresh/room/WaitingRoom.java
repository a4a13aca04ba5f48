package dev.nftrefresh.room;

import dev.nftrefresh.batch.Vacancy;
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
public interface WaitingRoom {
    /** Where nothing waits: each message waits in the queue alone. */
    WaitingRoom NONE = new WaitingRoom() {
        @Override
        public Seated look(CollectionId collection, Duration atMost) {
            return Seated.NOBODY;
        }

        @Override
        public void enter(List<TokenUpdate> updates, Seated seated, Instant promised, Instant now, Duration atMost) {}

        @Override
        public WaitingRoom apart() {
            return this;
        }
    };

    /**
     * Who waits for a request of this collection; nobody where it cannot be found out.
     *
     * @param atMost how long the caller can wait
     */
    Seated look(CollectionId collection, Duration atMost);

    /**
     * Lets updates of one collection wait, unless too many do. Those who sit there already do not sit down twice.
     *
     * @param seated who waited at the last look
     * @param promised when their request may go
     * @param atMost how long the caller can wait
     */
    void enter(List<TokenUpdate> updates, Seated seated, Instant promised, Instant now, Duration atMost);

    /** Another one for requests that go by themselves: it only remembers what was promised. */
    WaitingRoom apart();

    /** Those who wait for a request of one collection. */
    interface Seated {
        /** Nobody. */
        Seated NOBODY = new Seated() {
            @Override
            public List<TokenUpdate> updates() {
                return List.of();
            }

            @Override
            public @Nullable Instant promised() {
                return null;
            }

            @Override
            public List<TokenUpdate> take(Vacancy vacancy, Predicate<TokenUpdate> isOpen, Duration atMost) {
                return List.of();
            }
        };

        /** All of them, those who came first at the front. */
        List<TokenUpdate> updates();

        /** When their request may go, the first moment that was promised to any of them; null if none was. */
        @Nullable
        Instant promised();

        /**
         * Takes some of them out of the room, whom nobody else gets then: those at the front, as many as fit.
         *
         * @param vacancy of the request in which they are to ride
         * @param isOpen which of them still have to be sent; the others leave the room, and take no place. Asked once for
         *     each, from the front on
         * @param atMost how long the caller can wait
         */
        List<TokenUpdate> take(Vacancy vacancy, Predicate<TokenUpdate> isOpen, Duration atMost);
    }
}
