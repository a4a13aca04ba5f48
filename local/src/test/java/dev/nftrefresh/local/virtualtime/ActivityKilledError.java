package dev.nftrefresh.local.virtualtime;

/** Ends an activity in the middle, as Lambda ends a copy of the function. */
public final class ActivityKilledError extends Error {
    private static final long serialVersionUID = 1;

    /** Thrown where the copy crashes. */
    public ActivityKilledError() {
        super("The copy crashed.", null, false, false);
    }
}
