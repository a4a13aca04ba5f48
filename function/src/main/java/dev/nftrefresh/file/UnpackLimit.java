package dev.nftrefresh.file;

/**
 * How much a gzip may unpack to, because a few megabytes of nothing can unpack to hours of work.
 *
 * @param free bytes that may be unpacked whatever they were packed in
 * @param factor beyond those, how many times the packed bytes may be unpacked
 */
record UnpackLimit(long free, long factor) {
    /**
     * Gzip packs at most 1,032 to 1, and metadata of tokens that are all alike hardly better than 100 to 1. A GiB is
     * read in seconds, so that small files are let alone.
     */
    static final UnpackLimit OF_A_FILE = new UnpackLimit(1L << 30, 500);

    void check(long unpacked, long packed) throws BrokenContent {
        if (unpacked > free && unpacked > factor * packed) {
            throw new BrokenContent("the gzip unpacks to more than " + factor
                    + " times its size, as no metadata does; check what wrote it");
        }
    }
}
