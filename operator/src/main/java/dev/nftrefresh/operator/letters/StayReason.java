package dev.nftrefresh.operator.letters;

import java.util.Locale;

/** Why a letter is not sent back, though nothing failed. */
enum StayReason {
    /** It is younger than the command: it may be one that was sent back just now. */
    ARRIVED_LATER,
    /** It is a producer's mistake, and its reason was not given. */
    NEEDS_ITS_REASON;

    /** In JSON. */
    String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
