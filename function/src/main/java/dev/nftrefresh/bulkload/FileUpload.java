package dev.nftrefresh.bulkload;

import dev.nftrefresh.settled.SettledTokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload that S3 notified us of. It may notify twice.
 *
 * @param object what was uploaded
 * @param identity unique among the uploads under the same key: the version, or S3's sequence number where there are no
 *     versions
 * @param notifiedAt when S3 had received it, to milliseconds ({@code eventTime}); absent if S3 did not say
 */
record FileUpload(
        ObjectVersionId object, String identity, @Nullable Instant notifiedAt) {
    /** The file's id in the messages made from it. */
    String fileId() {
        return SettledTokens.fileId(object.bucket(), object.key(), identity);
    }
}
