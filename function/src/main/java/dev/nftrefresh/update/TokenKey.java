package dev.nftrefresh.update;

/**
 * What makes two updates updates of the same token.
 *
 * @param collection the token's collection
 * @param tokenId the token's id in decimal digits without leading zeros
 */
public record TokenKey(CollectionId collection, String tokenId) {
    @Override
    public String toString() {
        return collection + "/" + tokenId;
    }
}
