package com.example.game;

import com.example.game.TokenUpdate.Attribute;
import com.example.game.TokenUpdate.Token;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

final class Samples {
    static final String COLLECTION = "0x00000000000000000000000000000000000000a1";
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private Samples() {}

    static TokenUpdate sword(String tokenId, String name, Instant updatedAt) {
        var power = new Attribute("number", "Power", 10);
        var token = new Token(
                tokenId, name, null, "https://assets.example.com/sword.png", null, null, null, List.of(power));
        return new TokenUpdate("imtbl-zkevm-testnet", COLLECTION, updatedAt, List.of(token));
    }

    static List<TokenUpdate> swords(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(id -> sword(Integer.toString(id), "Sword", NOON))
                .toList();
    }

    static List<String> bodies(List<TokenUpdate> updates) {
        return updates.stream().map(TokenUpdate::toJson).toList();
    }
}
