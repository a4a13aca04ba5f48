package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.PlannedMessage.VersionPlace;
import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.adversary.ProducedUpdates.ProducedUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes updates as tokens, messages and lines of files. */
final class UpdateText {
    static final String CHAIN = "imtbl-zkevm-testnet";

    private static final Pattern SERIAL = Pattern.compile("\"serial\":(\\d+)");
    private static final String REST =
            ",\"image\":\"https://assets.example.com/a.png\",\"external_url\":null,\"animation_url\":null,\"youtube_url\":null";

    private UpdateText() {}

    static String address(int collection) {
        return "0x%040x".formatted(0xabc0 + collection);
    }

    /** The collection with this address; -1 if there is none. */
    static int collection(String address) {
        for (int collection = 0; collection < 3; collection++) {
            if (address.equals(address(collection))) {
                return collection;
            }
        }
        return -1;
    }

    static String token(int collection, String tokenId) {
        return collection + "/" + tokenId;
    }

    /** Makes and records the updates of one message or file. */
    static List<ProducedUpdate> updates(
            int collection,
            List<PlannedToken> tokens,
            int filler,
            Instant version,
            Instant now,
            ProducedUpdates updates) {
        var made = new ArrayList<ProducedUpdate>();
        // Escaped, so that it takes twice as much in a text within a text.
        String description = filler == 0 ? "null" : '"' + "\\\"".repeat(filler / 2) + '"';
        for (PlannedToken token : tokens) {
            int serial = updates.nextSerial();
            String attributes = token.fault() == TokenFault.INVALID ? "" : ",\"attributes\":[]";
            String json = "{\"token_id\":\"" + token.token() + "\",\"serial\":" + serial
                    + ",\"name\":\"Sword\",\"description\":" + description + REST + attributes + "}";
            var update = new ProducedUpdate(
                    serial, token(collection, String.valueOf(token.token())), version, token.fault(), json, now);
            updates.add(update);
            made.add(update);
        }
        return made;
    }

    static String message(int collection, List<ProducedUpdate> updates, VersionPlace place) {
        var text = new StringBuilder(
                "{\"chain_name\":\"" + CHAIN + "\",\"contract_address\":\"" + address(collection) + "\",");
        if (place == VersionPlace.MESSAGE) {
            text.append("\"updated_at\":\"")
                    .append(updates.getFirst().version())
                    .append("\",");
        }
        text.append("\"nft_metadata\":[");
        for (ProducedUpdate update : updates) {
            String json = update.json();
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
                    .append(
                            place == VersionPlace.TOKEN
                                    ? json.replace(",\"name\"", ",\"updated_at\":\"" + update.version() + "\",\"name\"")
                                    : json);
        }
        return text.append("]}").toString();
    }

    static List<Integer> serials(String text) {
        return SERIAL.matcher(text)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }
}
