package dev.nftrefresh.local.command;

import dev.nftrefresh.api.RefreshRequestLimits;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How many requests tokens take that are sent in their order, each as full as the API allows. */
final class RequestEstimate {
    private static final int EMPTY_BODY = "{\"nft_metadata\":[]}".length();
    private static final int COMMA = 1;

    private long requests;
    private int tokens;
    private int bytes;

    /** One more token of so many bytes. */
    void add(int tokenBytes) {
        int more = tokenBytes + (tokens == 0 ? 0 : COMMA);
        if (tokens == 0 || tokens == RefreshRequestLimits.TOKENS || bytes + more > RefreshRequestLimits.BODY_BYTES) {
            requests++;
            tokens = 0;
            bytes = EMPTY_BODY;
            more = tokenBytes;
        }
        tokens++;
        bytes += more;
    }

    /**
     * A sentence; empty if there is nothing to send.
     *
     * @param perHour of the project's requests; null if nobody asked how long they take
     */
    String sentence(@Nullable Long perHour) {
        if (requests == 0) {
            return "";
        }
        String counted = String.format(Locale.ROOT, requests == 1 ? "%,d request" : "%,d requests", requests);
        if (perHour == null) {
            return "The good ones take " + counted + "; --limit N says how long at N an hour.";
        }
        Duration time = Duration.ofSeconds((long) (3_600.0 * requests / perHour));
        String shown = requests <= perHour
                ? "less than an hour's quota"
                : String.format(Locale.ROOT, "about %,d h %02d min", time.toHours(), time.toMinutesPart());
        return String.format(Locale.ROOT, "The good ones take %s: %s at %,d an hour.", counted, shown, perHour);
    }
}
