package dev.nftrefresh.local.simulation;

/** Ends an activity in the middle, as Lambda ends a copy of the function. */
final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
        super("The copy died.", null, false, false);
    }
}
