package dev.nftrefresh.ratelimit;

/** What the project's quota counts. Immutable does not document it; {@code remaining} falls by it. */
public enum QuotaUnit {
    /** Detected from how {@code remaining} falls; assumed to be requests until it falls otherwise. */
    AUTO,
    /** A request costs 1, however many tokens it has. */
    REQUEST,
    /** A request costs as much as it has tokens. */
    TOKEN
}
