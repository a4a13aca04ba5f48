package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.util.List;

/**
 * A bulk file that somebody uploads.
 *
 * @param mishap what becomes of it
 * @param later when that happens, after the upload
 */
record PlannedFile(
        Duration at, int collection, List<PlannedToken> tokens, boolean packed, UploadMishap mishap, Duration later) {
    /** What becomes of an uploaded file. */
    enum UploadMishap {
        NONE,
        UPLOADED_TWICE,
        NOTICE_TWICE,
        REPLACED,
        DELETED,
        DAMAGED_LINE,
        CUT_OFF
    }

    static PlannedFile drawn(ChoiceSequence choices, int collections, boolean large) {
        return new PlannedFile(
                HistoryPeriod.duration(choices, Duration.ofHours(6)),
                choices.below(collections),
                large ? PlannedToken.many(choices) : PlannedToken.few(choices),
                choices.flip(),
                choices.oneOf(UploadMishap.values()),
                HistoryPeriod.duration(choices, Duration.ofHours(1)));
    }

    Duration lastChange() {
        return at.plus(later);
    }
}
