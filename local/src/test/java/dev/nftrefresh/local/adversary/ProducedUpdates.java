package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every update that a producer made, by its serial number, which the API finds in the token's metadata. */
final class ProducedUpdates {
    private static final int MOST_BYTES = 16 * 1024;

    private final List<ProducedUpdate> updates = new ArrayList<>();

    /**
     * An update of one token.
     *
     * @param token its collection and id
     * @param version decides which of two is newer
     * @param json as the API has to get it
     * @param firstSent when a producer first sent it
     */
    record ProducedUpdate(int serial, String token, Instant version, TokenFault fault, String json, Instant firstSent) {
        /** Whether it is longer than a token may be. */
        boolean isTooLarge() {
            return json.length() > MOST_BYTES;
        }

        boolean isNewerThan(ProducedUpdate other) {
            return version.isAfter(other.version);
        }
    }

    int nextSerial() {
        return updates.size();
    }

    void add(ProducedUpdate update) {
        if (update.serial() != updates.size()) {
            throw new IllegalArgumentException("Update " + update.serial() + " comes after " + updates.size());
        }
        updates.add(update);
    }

    ProducedUpdate get(int serial) {
        return updates.get(serial);
    }

    boolean has(int serial) {
        return serial >= 0 && serial < updates.size();
    }

    List<ProducedUpdate> all() {
        return updates;
    }
}
