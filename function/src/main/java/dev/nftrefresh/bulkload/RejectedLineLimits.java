package dev.nftrefresh.bulkload;

/**
 * Limits how much of a file's rejected elements is kept.
 *
 * @param memoryBytes after which those in memory are written to a part
 * @param fileBytes after which no more are written
 */
public record RejectedLineLimits(int memoryBytes, long fileBytes) {
    /**
     * Each element has up to 16 KiB of content, more when escaped. S3 accepts an object of 5 GiB in one call, and the
     * last part may exceed the limit.
     */
    public static final RejectedLineLimits OF_A_FILE = new RejectedLineLimits(4 << 20, 4L << 30);
}
