package dev.nftrefresh.update;

/** What the API says of one token. */
public final class TokenLimits {
    /** Bytes of a token's object: "Total size of this object should not exceed 16 KiB" ({@code NFTMetadataRequest} of the OpenAPI). */
    public static final int MAX_BYTES = 16 * 1024;

    private TokenLimits() {}
}
