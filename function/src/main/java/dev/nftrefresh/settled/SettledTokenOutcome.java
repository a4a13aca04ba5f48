package dev.nftrefresh.settled;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a token of a file is settled. If it is settled in two ways, the first of these counts. */
public enum SettledTokenOutcome {
    /** Immutable accepted this same update. */
    ACCEPTED,
    /** It is in the dead-letter queue. */
    DEAD_LETTERED,
    /** A newer update of the token was accepted instead. */
    SUPERSEDED;

    /** Its name in the table. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome that the table says so; null if it is none that this version knows. */
    static @Nullable SettledTokenOutcome of(@Nullable String text) {
        for (SettledTokenOutcome outcome : values()) {
            if (outcome.text().equals(text)) {
                return outcome;
            }
        }
        return null;
    }
}
