package dev.nftrefresh.bulk;

/**
 * How much of a file's rejected elements is kept.
 *
 * @param memoryBytes after which those in memory are written to a part
 * @param fileBytes after which no more are written
 */
public record RejectedRoom(int memoryBytes, long fileBytes) {
    /**
     * Each element has up to 16 KiB of content, more when escaped. S3 takes an object of 5 GiB in one call, and the last part
     * goes over the limit.
     */
    public static final RejectedRoom OF_A_FILE = new RejectedRoom(4 << 20, 4L << 30);
}
