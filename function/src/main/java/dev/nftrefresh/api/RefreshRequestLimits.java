package dev.nftrefresh.api;

/**
 * The limits of Immutable's refresh endpoint for one request. The numbers are those of its OpenAPI description. That
 * they count the UTF-8 bytes that are sent, of the whole body and the whole token, is our reading, the strictest one.
 */
public final class RefreshRequestLimits {
    /** Tokens in one request ({@code RefreshNFTMetadataByTokenIDRequest}, {@code nft_metadata}, {@code maxItems}). */
    public static final int TOKENS = 250;

    /** Bytes of a request body: 228 KiB (ibid., "Total size of the list should not exceed 228 KiB"). */
    public static final int BODY_BYTES = 228 * 1024;

    private RefreshRequestLimits() {}
}
