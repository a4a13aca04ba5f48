package dev.nftrefresh.local.virtualtime;

/** Ends an activity when the run is over; an error, so that nothing in between takes it for a failure of its own. */
final class ActivityStoppedError extends Error {
    private static final long serialVersionUID = 1;

    ActivityStoppedError() {
        super("The run is over.", null, false, false);
    }
}
