package dev.nftrefresh.bulkload;

import dev.nftrefresh.settled.SettledTokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload that S3 told of. It may tell of one twice.
 *
 * @param object what was uploaded
 * @param identity what no other upload under the same key has: the version, or S3's sequence number where there are no
 *     versions
 * @param notifiedAt when S3 had taken it, to milliseconds ({@code eventTime}); absent if S3 did not say
 */
record FileUpload(
        ObjectVersionId object, String identity, @Nullable Instant notifiedAt) {
    /** As the messages made of it carry it. */
    String fileId() {
        return SettledTokens.fileId(object.bucket(), object.key(), identity);
    }
}
