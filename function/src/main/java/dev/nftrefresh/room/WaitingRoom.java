package dev.nftrefresh.room;

import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Instant;
import java.util.List;

/**
 * Holds copies of updates whose request was not worth sending yet. Their messages stay in the queue, so what is lost
 * here is only late. Safe for use by many threads.
 */
public interface WaitingRoom {
    /** Where nothing waits: each message waits in the queue alone. */
    WaitingRoom NONE = new WaitingRoom() {
        @Override
        public Seated look(CollectionId collection) {
            return Seated.NOBODY;
        }

        @Override
        public void enter(List<TokenUpdate> updates, Seated seated, Instant now) {}
    };

    /** Who waits for a request of this collection; nobody where it cannot be found out. */
    Seated look(CollectionId collection);

    /**
     * Lets updates of one collection wait, unless too many do.
     *
     * @param seated who waited at the last look
     */
    void enter(List<TokenUpdate> updates, Seated seated, Instant now);

    /** Those who wait for a request of one collection. */
    interface Seated {
        /** Nobody. */
        Seated NOBODY = new Seated() {
            @Override
            public List<TokenUpdate> updates() {
                return List.of();
            }

            @Override
            public List<TokenUpdate> take(Vacancy vacancy) {
                return List.of();
            }
        };

        /** All of them, those who came first at the front. */
        List<TokenUpdate> updates();

        /**
         * Takes some of them out of the room, whom nobody else gets then: those at the front, as many as fit.
         *
         * @param vacancy of the request in which they are to ride
         */
        List<TokenUpdate> take(Vacancy vacancy);
    }
}
