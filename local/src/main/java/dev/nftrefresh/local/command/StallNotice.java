package dev.nftrefresh.local.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Says why nothing moves where no progress line does: after ten seconds, then once a minute, and when the reason changes. */
final class StallNotice {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration REPEATED = Duration.ofMinutes(1);

    private final InstantSource clock;
    private Instant movedAt;
    private Instant saidAt = Instant.MIN;
    private String said = "";
    private long through;

    StallNotice(InstantSource clock) {
        this.clock = clock;
        movedAt = clock.instant();
    }

    /** For how long nothing moved, now that so many tokens are through. */
    Duration idle(long tokensThrough) {
        Instant now = clock.instant();
        if (tokensThrough != through) {
            through = tokensThrough;
            movedAt = now;
            said = "";
        }
        return Duration.between(movedAt, now);
    }

    /** The sentence to print now; null for none. */
    @Nullable
    String of(RunStatus standing) {
        Instant now = clock.instant();
        // Without the times, which change each second.
        String kind = standing.reasonInShort().replaceFirst(" in .*", "");
        boolean isNew = !kind.equals(said) || saidAt.plus(REPEATED).isBefore(now);
        if (kind.isEmpty() || movedAt.plus(PATIENCE).isAfter(now) || !isNew) {
            return null;
        }
        said = kind;
        saidAt = now;
        return "Nothing was accepted for %d s: %s."
                .formatted(Duration.between(movedAt, now).toSeconds(), standing.explained());
    }
}
