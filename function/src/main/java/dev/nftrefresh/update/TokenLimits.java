package dev.nftrefresh.update;

/** What the API says of one token. */
final class TokenLimits {
    /** "Total size of this object should not exceed 16 KiB" ({@code NFTMetadataRequest} of the OpenAPI). */
    static final int MAX_BYTES = 16 * 1024;

    private TokenLimits() {}
}
