package dev.nftrefresh.update;

import org.jspecify.annotations.Nullable;

/**
 * One element of {@code nft_metadata} as it was read, before the envelope around it is known.
 *
 * @param raw the element to the letter
 * @param json what would be sent: without our own {@code updated_at}, compact if white space made it too large
 * @param tokenId without leading zeros; absent if it is at fault
 * @param updatedAt the token's own, if it carries one
 * @param fault the first thing wrong with it
 */
record ParsedToken(
        TokenJson raw,
        TokenJson json,
        @Nullable String tokenId,
        @Nullable UpdatedAtField updatedAt,
        @Nullable String fault) {}
