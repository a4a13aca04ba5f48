package dev.nftrefresh.local.model;

import java.time.Instant;

/** Messages of one token each, some 330 bytes, with the version in the token for the API to see. */
final class Producer {
    static final String CHAIN = "imtbl-zkevm-testnet";
    private static final String COLLECTION = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";

    private Producer() {}

    static String message(long tokenId, long version, Instant updatedAt) {
        return """
                {"chain_name":"%s","contract_address":"%s","updated_at":"%s","nft_metadata":[{"token_id":"%d",\
                "version":%d,"name":"Sword","description":null,"image":null,"external_url":null,"animation_url":null,\
                "youtube_url":null,"attributes":[]}]}""".formatted(CHAIN, COLLECTION, updatedAt, tokenId, version);
    }
}
