package dev.nftrefresh.bulkload;

import dev.nftrefresh.update.TextExcerpt;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object in a bucket.
 *
 * @param key not URL-encoded
 * @param version absent where the bucket has no versions, which means the newest content
 */
public record ObjectVersionId(
        String bucket, String key, @Nullable String version) {
    /** S3's limit, in bytes. */
    private static final int LONGEST_KEY = 1024;

    private static final int LONGEST_VERSION = 1024;
    private static final int LONGEST_BUCKET = 63;

    /** The current object, whatever its version. */
    public static ObjectVersionId newest(String bucket, String key) {
        return new ObjectVersionId(bucket, key, null);
    }

    @Override
    public String toString() {
        return "s3://" + TextExcerpt.of(bucket, LONGEST_BUCKET) + "/" + TextExcerpt.of(key, LONGEST_KEY)
                + (version == null ? "" : " (version " + TextExcerpt.of(version, LONGEST_VERSION) + ")");
    }
}
