package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.CollectionId;

/** The content of a bulk file's key in S3, see {@link BulkObjectKeyReader}. */
public sealed interface BulkObjectKey {
    /**
     * A key that names everything needed to load the file.
     *
     * @param collection with its address in lower case
     * @param underIncoming the key without {@code incoming/}, which names the reports
     */
    record Valid(CollectionId collection, BulkFileFormat format, boolean gzip, String underIncoming)
            implements BulkObjectKey {}

    /**
     * A key that does not.
     *
     * @param detail a sentence: what is wrong, and where the file belongs
     */
    record Invalid(String detail) implements BulkObjectKey {}
}
