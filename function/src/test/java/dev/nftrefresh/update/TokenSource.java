package dev.nftrefresh.update;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A token as a producer writes it: names and values are JSON text, put down as they are. */
final class TokenSource {
    private final Map<String, String> members;

    private TokenSource(Map<String, String> members) {
        this.members = members;
    }

    /** A token with which nothing is wrong. */
    static TokenSource sword() {
        var members = new LinkedHashMap<String, String>();
        members.put("\"token_id\"", "\"1\"");
        members.put("\"name\"", "\"Sword\"");
        members.put("\"description\"", "null");
        members.put("\"image\"", "\"https://example.com/1.png\"");
        members.put("\"external_url\"", "null");
        members.put("\"animation_url\"", "null");
        members.put("\"youtube_url\"", "null");
        members.put("\"attributes\"", "[{\"display_type\":\"number\",\"trait_type\":\"Power\",\"value\":10}]");
        return new TokenSource(members);
    }

    static TokenSource sword(String tokenId) {
        return sword().with("token_id", '"' + tokenId + '"');
    }

    TokenSource with(String name, String value) {
        var changed = new LinkedHashMap<>(members);
        changed.put('"' + name + '"', value);
        return new TokenSource(changed);
    }

    TokenSource without(String name) {
        var changed = new LinkedHashMap<>(members);
        changed.remove('"' + name + '"');
        return new TokenSource(changed);
    }

    /** The token filled up by a long name to so many bytes. */
    TokenSource ofBytes(int bytes) {
        int empty = with("name", "\"\"").toString().length();
        return with("name", '"' + "n".repeat(bytes - empty) + '"');
    }

    @Override
    public String toString() {
        return members.entrySet().stream()
                .map(member -> member.getKey() + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
