package dev.nftrefresh.local.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Request bodies. */
final class RequestBodies {
    private RequestBodies() {}

    static String token(String id) {
        return """
                {"token_id":"%s","name":"Sword","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,\
                "attributes":[{"display_type":"number","trait_type":"Power","value":10}]}""".formatted(id);
    }

    /** A conforming token of exactly so many bytes. */
    static String tokenOfBytes(int bytes) {
        String empty = token("1").replace("Sword", "");
        return empty.replace("\"name\":\"\"", "\"name\":\"" + "a".repeat(bytes - size(empty)) + "\"");
    }

    static String body(List<String> tokens) {
        return "{\"nft_metadata\":[" + String.join(",", tokens) + "]}";
    }

    static String body(String... tokens) {
        return body(List.of(tokens));
    }

    static String bodyOfTokens(int count) {
        return body(IntStream.rangeClosed(1, count)
                .mapToObj(id -> token(String.valueOf(id)))
                .toList());
    }

    /** A conforming body of exactly so many bytes. */
    static String bodyOfBytes(int bytes) {
        int full = 15_000;
        List<String> tokens = new ArrayList<>(Collections.nCopies((bytes - 1_000) / (full + 1), tokenOfBytes(full)));
        tokens.add(tokenOfBytes(bytes - size(body(tokens)) - 1));
        return body(tokens);
    }

    static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
