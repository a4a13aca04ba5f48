package dev.nftrefresh.local.outcomes;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Queue messages as a producer writes them. */
final class ProducerMessages {
    static final String CHAIN = "imtbl-zkevm-testnet";
    static final String SWORDS = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";
    static final String SHIELDS = "0x7e57000000000000000000000000000000000002";

    private ProducerMessages() {}

    static String token(Object id, String name) {
        return """
                {"token_id":"%s","name":"%s","description":null,"image":"https://assets.example.com/%s.png",\
                "external_url":null,"animation_url":null,"youtube_url":null,"attributes":[]}""".formatted(id, name, id);
    }

    static String token(Object id) {
        return token(id, "Sword");
    }

    /** Tokens of these ids, the second not included. */
    static List<String> tokens(int from, int to) {
        return IntStream.range(from, to).mapToObj(ProducerMessages::token).toList();
    }

    /** A conforming token of exactly so many bytes. */
    static String tokenOfBytes(Object id, int bytes) {
        String empty = token(id, "");
        return token(id, "a".repeat(bytes - empty.length()));
    }

    static String message(String address, List<String> tokens) {
        return "{\"chain_name\":\"%s\",\"contract_address\":\"%s\",\"nft_metadata\":[%s]}"
                .formatted(CHAIN, address, String.join(",", tokens));
    }

    static String message(String... tokens) {
        return message(SWORDS, List.of(tokens));
    }

    static String messageMadeAt(Instant updatedAt, List<String> tokens) {
        return "{\"chain_name\":\"%s\",\"contract_address\":\"%s\",\"updated_at\":\"%s\",\"nft_metadata\":[%s]}"
                .formatted(CHAIN, SWORDS, updatedAt, String.join(",", tokens));
    }

    static String messageMadeAt(Instant updatedAt, String... tokens) {
        return messageMadeAt(updatedAt, List.of(tokens));
    }

    /** The request body that these tokens make. */
    static String requestBody(String... tokens) {
        return "{\"nft_metadata\":[" + String.join(",", tokens) + "]}";
    }
}
