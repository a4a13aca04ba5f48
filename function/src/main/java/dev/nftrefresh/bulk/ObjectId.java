package dev.nftrefresh.bulk;

import dev.nftrefresh.update.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object in a bucket.
 *
 * @param key not URL-encoded
 * @param version absent where the bucket has no versions: then the newest content is meant
 */
public record ObjectId(String bucket, String key, @Nullable String version) {
    /** Of S3. */
    private static final int LONGEST_KEY = 1024;

    private static final int LONGEST_VERSION = 1024;
    private static final int LONGEST_BUCKET = 63;

    /** The object as it is now, whatever its version. */
    public static ObjectId newest(String bucket, String key) {
        return new ObjectId(bucket, key, null);
    }

    @Override
    public String toString() {
        return "s3://" + Excerpt.of(bucket, LONGEST_BUCKET) + "/" + Excerpt.of(key, LONGEST_KEY)
                + (version == null ? "" : " (version " + Excerpt.of(version, LONGEST_VERSION) + ")");
    }
}
