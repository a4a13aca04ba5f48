package dev.nftrefresh.bulkfile;

import dev.nftrefresh.update.Rejection;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that stands in a bulk file. */
public sealed interface BulkFileElement {
    /** Where it stands. */
    ElementPosition position();

    /**
     * A token that may be sent.
     *
     * @param updatedAt the token's own, absent if it carries none
     * @param json what is sent: at most 16,384 bytes, without our own {@code updated_at}, and with
     *     U+FFFE and U+FFFF escaped, which SQS cannot hold. It keeps nothing else of the file in memory
     */
    record ValidToken(
            ElementPosition position,
            TokenKey key,
            @Nullable Instant updatedAt,
            TokenJson json) implements BulkFileElement {}

    /**
     * An element that never will be sent; those after it are not concerned.
     *
     * @param rejection of a CSV record that cannot be split into cells, too, the reason is {@code MALFORMED_JSON}
     * @param tokenId without leading zeros, or {@code ?} where it cannot be read
     * @param content what stands in the file, to the letter and so perhaps not UTF-8: its first 16 KiB at most, cut
     *     between two characters
     */
    @SuppressWarnings("ArrayRecordComponent")
    record RejectedElement(ElementPosition position, Rejection rejection, String tokenId, byte[] content)
            implements BulkFileElement {}

    /**
     * The last element: nothing after it can be read. What came before it stays good, unless the detail says of a damaged
     * gzip that it may not be.
     *
     * @param position of the element which would have come next; its offset is where reading ended
     * @param detail one sentence: what is wrong, where, and what to do
     */
    record UnreadableRest(ElementPosition position, String detail) implements BulkFileElement {}
}
