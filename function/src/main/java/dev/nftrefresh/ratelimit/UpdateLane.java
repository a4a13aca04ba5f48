package dev.nftrefresh.ratelimit;

/** The queue that updates come from. Updates of the bulk loader use the quota that live ones leave. */
public enum UpdateLane {
    /** Updates that a backend queued: somebody may be looking at the token. */
    LIVE,
    /** Updates from a bulk file. */
    BULK
}
