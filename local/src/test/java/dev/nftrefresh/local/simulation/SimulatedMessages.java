package dev.nftrefresh.local.simulation;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Queue messages, of some 300 bytes for one token and 180 for each further one. */
final class SimulatedMessages {
    static final String CHAIN = "imtbl-zkevm-testnet";

    private static final Pattern TOKEN = Pattern.compile("\"token_id\":\"(\\d+)\",\"version\":(\\d+)");

    private SimulatedMessages() {}

    static String of(int collection, int first, int tokens, int version, Instant updatedAt) {
        var text = new StringBuilder("{\"chain_name\":\"" + CHAIN
                + "\",\"contract_address\":\"0x" + "%040x".formatted(0x8a90 + collection) + "\",\"updated_at\":\""
                + updatedAt
                + "\",\"nft_metadata\":[");
        for (int token = first; token < first + tokens; token++) {
            text.append(token == first ? "" : ",")
                    .append(
                            "{\"token_id\":\"" + token + "\",\"version\":" + version
                                    + ",\"name\":\"Sword\",\"description\":null,\"image\":\"https://assets.example.com/"
                                    + token
                                    + ".png\",\"external_url\":null,\"animation_url\":null,\"youtube_url\":null,\"attributes\":[]}");
        }
        return text.append("]}").toString();
    }

    /** The tokens that a message holds. */
    static Stream<SentTokens.SentToken> tokens(String message) {
        Matcher matcher = TOKEN.matcher(message);
        return matcher.results()
                .map(found ->
                        new SentTokens.SentToken(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
    }
}
