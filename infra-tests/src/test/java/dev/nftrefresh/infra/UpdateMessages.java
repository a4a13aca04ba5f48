package dev.nftrefresh.infra;

import java.util.List;
import java.util.stream.IntStream;

/** Queue messages for tests. */
final class UpdateMessages {
    static final String TESTNET = "imtbl-zkevm-testnet";
    static final String MAINNET = "imtbl-zkevm-mainnet";
    static final String COLLECTION = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";

    private UpdateMessages() {}

    static String token(String id) {
        return """
                {"token_id":"%s","name":"Sword","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,"attributes":[]}""".formatted(id);
    }

    static String message(String chain, String collection, String... tokens) {
        return """
                {"chain_name":"%s","contract_address":"%s","nft_metadata":[%s]}""".formatted(chain, collection, String.join(",", tokens));
    }

    /** A message of one token. */
    static String update(String tokenId) {
        return message(TESTNET, COLLECTION, token(tokenId));
    }

    /** So many ids that no other test uses, if the first one is. */
    static List<String> ids(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(String::valueOf).toList();
    }
}
