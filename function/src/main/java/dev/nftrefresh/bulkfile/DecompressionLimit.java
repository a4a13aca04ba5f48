package dev.nftrefresh.bulkfile;

/**
 * How large a gzip may be once decompressed, because a few megabytes of zeros can decompress to hours of work.
 *
 * @param freeBytes decompressed bytes that are always allowed
 * @param factor beyond those, the highest ratio of decompressed to compressed bytes
 */
record DecompressionLimit(long freeBytes, long factor) {
    /**
     * Gzip compresses at most 1,032 to 1, and the metadata of identical tokens hardly better than 100 to 1. A GiB is
     * read in seconds, so small files are exempt.
     */
    static final DecompressionLimit OF_A_FILE = new DecompressionLimit(1L << 30, 500);

    void check(long unpacked, long packed) throws BrokenContentException {
        if (unpacked > freeBytes && unpacked > factor * packed) {
            throw new BrokenContentException("the gzip unpacks to more than " + factor
                    + " times its size, as no metadata does; check what wrote it");
        }
    }
}
