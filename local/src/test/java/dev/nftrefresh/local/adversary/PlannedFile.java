package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.Choices;
import java.time.Duration;
import java.util.List;

/**
 * A bulk file that somebody uploads.
 *
 * @param mishap what becomes of it
 * @param later when that happens, after the upload
 */
record PlannedFile(
        Duration at, int collection, List<PlannedToken> tokens, boolean packed, Mishap mishap, Duration later) {
    /** What becomes of an uploaded file. */
    enum Mishap {
        NONE,
        UPLOADED_TWICE,
        NOTICE_TWICE,
        REPLACED,
        DELETED,
        DAMAGED_LINE,
        CUT_OFF
    }

    static PlannedFile drawn(Choices choices, int collections, boolean large) {
        return new PlannedFile(
                Period.duration(choices, Duration.ofHours(6)),
                choices.below(collections),
                large ? PlannedToken.many(choices) : PlannedToken.few(choices),
                choices.flip(),
                choices.oneOf(Mishap.values()),
                Period.duration(choices, Duration.ofHours(1)));
    }

    Duration lastChange() {
        return at.plus(later);
    }
}
