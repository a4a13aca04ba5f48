package dev.nftrefresh.bulkload;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Texts of tokens. */
final class TokenLines {
    private TokenLines() {}

    /** A token with which nothing is wrong, to whose members these are added. */
    static String token(long id, String... members) {
        var text =
                new StringBuilder("{\"token_id\":\"" + id + "\",\"name\":\"Sword\",\"description\":null,\"image\":null,"
                        + "\"external_url\":null,\"animation_url\":null,\"youtube_url\":null,\"attributes\":[]");
        for (String member : members) {
            text.append(',').append(member);
        }
        return text.append('}').toString();
    }

    /** A token of so many bytes. */
    static String tokenOfBytes(long id, int bytes) {
        int empty = token(id, "\"x\":\"\"").length();
        return token(id, "\"x\":\"" + "x".repeat(bytes - empty) + '"');
    }

    /** Tokens 1 to the given one, a line each. */
    static String tokens(long count) {
        return LongStream.rangeClosed(1, count).mapToObj(TokenLines::token).collect(Collectors.joining("\n"));
    }
}
