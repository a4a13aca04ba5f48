package dev.nftrefresh.local.flow;

import java.util.List;
import java.util.stream.IntStream;

/** Queue messages for tests. */
final class FlowMessages {
    static final String COLLECTION = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";
    static final String OTHER_COLLECTION = "0x1111111111111111111111111111111111111111";

    private FlowMessages() {}

    static String token(String id, String name) {
        return """
                {"token_id":"%s","name":"%s","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,"attributes":[]}""".formatted(id, name);
    }

    static String message(String collection, List<String> tokens) {
        return """
                {"chain_name":"imtbl-zkevm-testnet","contract_address":"%s","nft_metadata":[%s]}""".formatted(collection, String.join(",", tokens));
    }

    static String message(String... tokens) {
        return message(COLLECTION, List.of(tokens));
    }

    /** So many messages of one token each, with ids from 1. */
    static List<String> messages(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id -> message(token(String.valueOf(id), "Sword")))
                .toList();
    }
}
