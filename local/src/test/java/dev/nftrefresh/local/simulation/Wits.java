package dev.nftrefresh.local.simulation;

import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.room.WaitingRoom;

/** What a copy of the function knows by: each copy has its own, and a new one has none of what the dead one knew. */
record Wits(TokenLedger ledger, RefreshGate gate, WaitingRoom room) {
    /** What a run's copies are made with. */
    @FunctionalInterface
    interface Maker {
        /**
         * The wits of a new copy.
         *
         * @param copy a name that no other copy has
         */
        Wits make(String copy);
    }

    /** What a run compares: makes what the copies of one run share. */
    enum Idea {
        /** Everything goes when it comes; what a 429 refuses returns by its retry-after. */
        NAIVE,
        /** The function as it is. */
        OURS;

        Maker maker(double requestsPerSecond) {
            return switch (this) {
                case NAIVE -> _ -> new Wits(new NaiveLedger(), new NaiveGate(), WaitingRoom.NONE);
                case OURS -> Ours.sharing(requestsPerSecond);
            };
        }
    }
}
