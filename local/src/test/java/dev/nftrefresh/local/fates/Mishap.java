package dev.nftrefresh.local.fates;

import dev.nftrefresh.local.fates.LoaderProcess.Call;

/** What comes over a process around the calls that it makes. */
@FunctionalInterface
interface Mishap {
    Mishap NONE = (_, _) -> {};

    /** On which side of a call. */
    enum Moment {
        /** Nobody got the call. */
        BEFORE,
        /** The call took effect, but its answer came to nobody. */
        AFTER
    }

    /** A process comes to a call, or has made it. */
    void at(Call call, Moment moment);
}
