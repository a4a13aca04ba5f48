package dev.nftrefresh.pacing;

/** Whose updates a request carries: those of the bulk loader use what live ones leave of the quota. */
public enum Lane {
    /** What a backend queued by itself: somebody may be looking at it. */
    LIVE,
    /** What came out of a bulk file. */
    BULK
}
