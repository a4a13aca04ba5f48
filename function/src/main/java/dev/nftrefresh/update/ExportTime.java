package dev.nftrefresh.update;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a bulk file was exported, as its uploader says.
 *
 * @param time the moment, absent when it cannot be read or makes no sense
 * @param fault a clause that says what is wrong with it, absent when nothing is
 */
public record ExportTime(@Nullable Instant time, @Nullable String fault) {
    /** No update may be older, in whatever way it says its time. */
    public static final Instant EARLIEST = UpdatedAtField.EARLIEST;

    /**
     * Reads an RFC 3339 text.
     *
     * @param uploadedAt no export is more than 5 minutes later: its messages would be refused
     */
    public static ExportTime read(String text, Instant uploadedAt) {
        UpdatedAtField read = UpdatedAtField.ofText(text).checkedAgainst(SubmissionTime.uploaded(uploadedAt));
        return new ExportTime(read.fault() == null ? read.time() : null, read.fault());
    }
}
