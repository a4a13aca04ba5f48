package dev.nftrefresh.local.api;

/** How a used quota refills; Immutable does not document which. */
public enum QuotaRefill {
    /** All at once, a window's length after the first request that it counts. */
    WINDOW,
    /** Bit by bit, a whole limit in a window's length. */
    STEADY
}
