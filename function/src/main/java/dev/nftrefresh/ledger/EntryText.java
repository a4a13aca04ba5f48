package dev.nftrefresh.ledger;

import dev.nftrefresh.table.Notes;
import dev.nftrefresh.update.Version;
import java.time.Instant;
import java.util.Objects;
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

    static TokenEntry read(String text) {
        Notes notes = Notes.of(text);
        return new TokenEntry(
                version(notes.text("accepted")),
                Objects.requireNonNull(version(notes.text("claimed")), text),
                Objects.requireNonNull(notes.text("by"), text),
                Objects.requireNonNull(notes.instant("until"), text),
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
