package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.RequestEnd;
import dev.nftrefresh.table.Notes;
import java.time.Instant;

/** How a request that claimed tokens is doing, as far as the table says. */
sealed interface Ending {
    /** Nothing was heard of it: it runs until its lease is over, and then its copy has died. */
    record Running() implements Ending {}

    /** Every token of it was accepted. */
    record Accepted() implements Ending {}

    /** Nothing of it was applied. */
    record NotApplied() implements Ending {}

    /** Nothing was heard of it during its lease, and another copy took one of its tokens: it may have been accepted. */
    record Dead() implements Ending {}

    /** It may be applied until then. */
    record Unknown(Instant until) implements Ending {}

    static Ending of(RequestEnd end) {
        return switch (end) {
            case TokenLedger.Accepted() -> new Accepted();
            case TokenLedger.NotApplied() -> new NotApplied();
            case TokenLedger.Unknown(Instant until) -> new Unknown(until);
        };
    }

    /** Reads what {@link #text()} wrote. */
    static Ending of(String text) {
        Notes notes = Notes.of(text);
        Instant until = notes.instant("until");
        return switch (String.valueOf(notes.text("end"))) {
            case "accepted" -> new Accepted();
            case "unknown" -> until == null ? new Running() : new Unknown(until);
            case "not applied" -> new NotApplied();
            case "dead" -> new Dead();
            default -> new Running();
        };
    }

    default String text() {
        var notes = new Notes();
        switch (this) {
            case Running() -> notes.put("end", "running");
            case Accepted() -> notes.put("end", "accepted");
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
