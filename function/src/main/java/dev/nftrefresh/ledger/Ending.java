package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.RequestEnd;
import dev.nftrefresh.table.Notes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a request that claimed tokens is doing, as far as the table says. */
sealed interface Ending {
    /** Nothing was heard of it: it runs until its lease is over, and then its copy has died. */
    record Running() implements Ending {}

    /**
     * Its tokens were accepted.
     *
     * @param except the ids of those that did not ride, although they may be claimed by it: nobody knew whether their
     *     claims were written
     */
    record Accepted(Set<String> except) implements Ending {}

    /** Nothing of it was applied. */
    record NotApplied() implements Ending {}

    /** Nothing was heard of it during its lease, and another copy took one of its tokens: it may have been accepted. */
    record Dead() implements Ending {}

    /** It may be applied until then. */
    record Unknown(Instant until) implements Ending {}

    /** How it ended, where these of its tokens did not ride. */
    static Ending of(RequestEnd end, Set<String> except) {
        return switch (end) {
            case TokenLedger.Accepted() -> new Accepted(Set.copyOf(except));
            case TokenLedger.NotApplied _ -> new NotApplied();
            case TokenLedger.Unknown(Instant until, boolean _) -> new Unknown(until);
        };
    }

    /** Reads what {@link #text()} wrote. */
    static Ending of(String text) {
        Notes notes = Notes.of(text);
        Instant until = until(notes);
        return switch (String.valueOf(notes.text("end"))) {
            case "accepted" -> new Accepted(Set.copyOf(notes.texts("except")));
            case "unknown" -> until == null ? new Running() : new Unknown(until);
            case "not applied" -> new NotApplied();
            case "dead" -> new Dead();
            default -> new Running();
        };
    }

    private static @Nullable Instant until(Notes notes) {
        try {
            return notes.instant("until");
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** What it means for this token. */
    default Ending forToken(String tokenId) {
        return this instanceof Accepted(Set<String> except) && except.contains(tokenId) ? new NotApplied() : this;
    }

    default String text() {
        var notes = new Notes();
        switch (this) {
            case Running() -> notes.put("end", "running");
            case Accepted(Set<String> except) -> {
                notes.put("end", "accepted");
                notes.put("except", except.stream().sorted().toList());
            }
            case NotApplied() -> notes.put("end", "not applied");
            case Dead() -> notes.put("end", "dead");
            case Unknown(Instant until) -> {
                notes.put("end", "unknown");
                notes.put("until", until);
            }
        }
        return notes.text();
    }
}
