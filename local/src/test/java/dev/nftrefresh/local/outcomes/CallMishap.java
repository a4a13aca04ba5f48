package dev.nftrefresh.local.outcomes;

import dev.nftrefresh.local.outcomes.LoaderProcess.ExternalCall;

/** What comes over a process around the calls that it makes. */
@FunctionalInterface
interface CallMishap {
    CallMishap NONE = (_, _) -> {};

    /** On which side of a call. */
    enum CallMoment {
        /** Nobody got the call. */
        BEFORE,
        /** The call took effect, but its answer was lost. */
        AFTER
    }

    /** A process comes to a call, or has made it. */
    void at(ExternalCall call, CallMoment moment);
}
