package dev.nftrefresh.bulkfile;

/**
 * How much a gzip may unpack to, because a few megabytes of nothing can unpack to hours of work.
 *
 * @param freeBytes bytes that may be unpacked whatever they were packed in
 * @param factor beyond those, how many times the packed bytes may be unpacked
 */
record DecompressionLimit(long freeBytes, long factor) {
    /**
     * Gzip packs at most 1,032 to 1, and metadata of tokens that are all alike hardly better than 100 to 1. A GiB is
     * read in seconds, so that small files are let alone.
     */
    static final DecompressionLimit OF_A_FILE = new DecompressionLimit(1L << 30, 500);

    void check(long unpacked, long packed) throws BrokenContentException {
        if (unpacked > freeBytes && unpacked > factor * packed) {
            throw new BrokenContentException("the gzip unpacks to more than " + factor
                    + " times its size, as no metadata does; check what wrote it");
        }
    }
}
