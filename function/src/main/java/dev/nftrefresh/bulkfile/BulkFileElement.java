package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One element of a bulk file. */
public sealed interface BulkFileElement {
    /** Its position. */
    ElementPosition position();

    /**
     * A token that may be sent.
     *
     * @param updatedAt the token's own; absent if it has none
     * @param json to be sent: at most 16,384 bytes, without our own {@code updated_at}, and with U+FFFE and U+FFFF
     *     escaped, which SQS cannot hold. It keeps nothing else of the file in memory
     */
    record ValidToken(
            ElementPosition position,
            TokenKey key,
            @Nullable Instant updatedAt,
            TokenJson json) implements BulkFileElement {}

    /**
     * An element that will never be sent; those after it are not affected.
     *
     * @param rejection its reason; {@code MALFORMED_JSON} also for a CSV record that cannot be split into cells
     * @param tokenId without leading zeros, or {@code ?} where it cannot be read
     * @param content the exact bytes in the file, so it may not be UTF-8: at most its first 16 KiB, cut between two
     *     characters
     */
    @SuppressWarnings("ArrayRecordComponent")
    record RejectedElement(ElementPosition position, Rejection rejection, String tokenId, byte[] content)
            implements BulkFileElement {}

    /**
     * The last element: nothing after it can be read. The elements before it remain valid, unless the detail says that
     * a damaged gzip may have altered them.
     *
     * @param position of the element that would have come next; its offset is where reading ended
     * @param detail one sentence: what is wrong, where, and what to do
     */
    record UnreadableRest(ElementPosition position, String detail) implements BulkFileElement {}
}
