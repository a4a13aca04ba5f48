package dev.nftrefresh.file;

import dev.nftrefresh.update.CollectionId;

/** What a bulk file's key in S3 says, see {@link BulkKeyReader}. */
public sealed interface BulkKey {
    /**
     * A key that names everything needed to load the file.
     *
     * @param collection with its address in lower case
     * @param underIncoming the key without {@code incoming/}, as reports are named by it
     */
    record Valid(CollectionId collection, BulkFormat format, boolean gzip, String underIncoming) implements BulkKey {}

    /**
     * A key that does not.
     *
     * @param detail a sentence: what is wrong, and where the file belongs
     */
    record Wrong(String detail) implements BulkKey {}
}
