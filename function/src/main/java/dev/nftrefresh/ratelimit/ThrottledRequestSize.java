package dev.nftrefresh.ratelimit;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.table.ItemFields;
import java.time.Duration;

/**
 * How many tokens a request may have while no answer tells a limit and all are 429s: the quota may count tokens and have
 * fewer of them than a full request, which would then never be accepted. After some in a row the size halves with each
 * further 429, and it doubles with each acceptance, until the doubled size is throttled.
 */
final class ThrottledRequestSize {
    /** The waits have grown to some minutes by then: an ordinary closing is over before that. */
    private static final int THROTTLED_UNTIL_SMALLER = 12;

    /**
     * So long a doubled size is tried: what the last acceptance used up may be the reason, and a limiter in front that
     * lets through one request in so many seconds would keep the size for ever.
     */
    private static final Duration TRIED = Duration.ofSeconds(30);

    private static final int ACCEPTED_UNTIL_LARGER = 10;
    /** 250 halved so often is one. */
    private static final int MAX_HALVINGS = 8;

    private static final String HALVINGS = "size.halvings";
    private static final String DOUBLED = "size.doubled";
    private static final String ACCEPTED = "size.accepted_until_larger";

    private int halvings;
    /** Whether no request of this size was accepted since it was doubled. */
    private boolean doubled;

    private int acceptedUntilLarger;

    ThrottledRequestSize(ItemFields fields) {
        halvings = Math.clamp(fields.number(HALVINGS, 0), 0, MAX_HALVINGS);
        doubled = fields.text(DOUBLED) != null;
        acceptedUntilLarger = Math.clamp(fields.number(ACCEPTED, 0), 0, ACCEPTED_UNTIL_LARGER);
    }

    void writeTo(ItemFields fields) {
        fields.put(HALVINGS, halvings == 0 ? null : halvings);
        fields.put(DOUBLED, doubled ? true : null);
        fields.put(ACCEPTED, acceptedUntilLarger == 0 ? null : acceptedUntilLarger);
    }

    int tokens() {
        return Math.max(1, RefreshRequestLimits.TOKENS >> halvings);
    }

    /**
     * A request was throttled.
     *
     * @param tokens that it had
     * @param inARow how many were throttled since one got through
     * @param lasting since the first of them
     */
    void throttled(int tokens, long inARow, Duration lasting) {
        if (isSmaller(tokens)) {
            return;
        }
        if (doubled) {
            if (lasting.compareTo(TRIED) < 0) {
                return;
            }
            doubled = false;
            acceptedUntilLarger = ACCEPTED_UNTIL_LARGER;
            halvings = Math.min(halvings + 1, MAX_HALVINGS);
        } else if (inARow > THROTTLED_UNTIL_SMALLER) {
            halvings = Math.min(halvings + 1, MAX_HALVINGS);
        }
    }

    /** A request of so many tokens was accepted. */
    void accepted(int tokens) {
        if (isSmaller(tokens)) {
            return;
        }
        doubled = false;
        if (acceptedUntilLarger > 0) {
            acceptedUntilLarger--;
        } else if (halvings > 0) {
            halvings--;
            doubled = true;
        }
    }

    /** A request of half the size or less says nothing about this size. */
    private boolean isSmaller(int tokens) {
        return 2 * tokens <= tokens();
    }
}
