package dev.nftrefresh.api;

/**
 * What Immutable's refresh endpoint takes in one request. The numbers are those of its OpenAPI description; that they
 * count the UTF-8 bytes that go over the wire, the whole body and the whole token, is our reading, the strictest one.
 */
public final class RefreshRequestLimits {
    /** Tokens in one request ({@code RefreshNFTMetadataByTokenIDRequest}, {@code nft_metadata}, {@code maxItems}). */
    public static final int TOKENS = 250;

    /** Bytes of a request body: 228 KiB (ibid., "Total size of the list should not exceed 228 KiB"). */
    public static final int BODY_BYTES = 228 * 1024;

    private RefreshRequestLimits() {}
}
