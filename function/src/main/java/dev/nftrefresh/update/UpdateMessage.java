package dev.nftrefresh.update;

import java.time.Instant;
import java.util.List;

/**
 * A queue message whose envelope could be read.
 *
 * @param collection as it was written: the address in the producer's own letters
 * @param updatedAt the version of the tokens that carry none of their own: the message's, else when it was sent
 * @param elements of {@code nft_metadata}, in their order
 */
public record UpdateMessage(CollectionId collection, Instant updatedAt, List<MetadataElement> elements) {
    /** One element of {@code nft_metadata}. */
    public sealed interface MetadataElement {
        /** The token's id, or {@code ?} where it cannot be read. */
        String tokenId();
    }

    /** A token that may be sent. */
    public record Valid(TokenUpdate update) implements MetadataElement {
        @Override
        public String tokenId() {
            return update.key().tokenId();
        }
    }

    /** An element that never will be; {@code raw} is to the letter what the producer wrote. */
    public record Invalid(TokenJson raw, String tokenId, Rejection rejection) implements MetadataElement {}
}
