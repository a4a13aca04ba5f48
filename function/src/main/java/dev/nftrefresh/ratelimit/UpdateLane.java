package dev.nftrefresh.ratelimit;

/** Whose updates a request carries: those of the bulk loader use what live ones leave of the quota. */
public enum UpdateLane {
    /** What a backend queued by itself: somebody may be looking at it. */
    LIVE,
    /** What came out of a bulk file. */
    BULK
}
