package dev.nftrefresh.ledger;

import dev.nftrefresh.table.Notes;
import dev.nftrefresh.update.Version;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token's entry as the text of its item. */
final class EntryText {
    private static final int HEXADECIMAL = 16;

    private EntryText() {}

    static String of(TokenEntry entry) {
        var notes = new Notes();
        notes.put("claimed", text(entry.claimed()));
        notes.put("by", entry.request());
        notes.put("until", entry.leaseEnd());
        notes.put("accepted", entry.accepted() == null ? null : text(entry.accepted()));
        notes.put("in_doubt_until", entry.inDoubtUntil());
        notes.put("perhaps", entry.perhaps() == null ? null : text(entry.perhaps()));
        notes.put("perhaps_until", entry.perhapsUntil());
        return notes.text();
    }

    /** Reads what {@link #of} wrote; null if it is anything else. */
    static @Nullable TokenEntry read(String text) {
        try {
            return entry(Notes.of(text));
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException _) {
            return null;
        }
    }

    private static @Nullable TokenEntry entry(Notes notes) {
        Version claimed = version(notes.text("claimed"));
        String request = notes.text("by");
        Instant until = notes.instant("until");
        return claimed == null || request == null || until == null
                ? null
                : new TokenEntry(
                        version(notes.text("accepted")),
                        claimed,
                        request,
                        until,
                        notes.instant("in_doubt_until"),
                        version(notes.text("perhaps")),
                        notes.instant("perhaps_until"));
    }

    private static String text(Version version) {
        return version.time() + " " + Long.toHexString(version.hash());
    }

    private static @Nullable Version version(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int space = text.indexOf(' ');
        return new Version(
                Instant.parse(text.substring(0, space)),
                Long.parseUnsignedLong(text.substring(space + 1), HEXADECIMAL));
    }
}
