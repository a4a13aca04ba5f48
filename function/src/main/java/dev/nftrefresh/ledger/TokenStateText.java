package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenState.Acceptance;
import dev.nftrefresh.ledger.TokenState.Failures;
import dev.nftrefresh.ledger.TokenState.PendingClaim;
import dev.nftrefresh.ledger.TokenState.RefusedVersion;
import dev.nftrefresh.ledger.TokenState.UnconfirmedVersion;
import dev.nftrefresh.table.Notes;
import dev.nftrefresh.time.Rfc3339;
import dev.nftrefresh.update.Version;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token's state as the text of its item. Copies of the version before this one may run beside this one during a deploy;
 * they demand {@code claimed}, {@code by} and {@code until}, know {@code accepted}, {@code in_doubt_until}, {@code perhaps}
 * and {@code perhaps_until}, and take these texts for what they mean: a claim that is over is one whose lease ended in
 * 1970. An item without {@code format} is theirs, see {@link LegacyRequestEnds}.
 */
final class TokenStateText {
    private static final String FORMAT = "2";
    /** From 3 on. */
    private static final Pattern LATER_FORMAT = Pattern.compile("[3-9]|[1-9][0-9]{1,8}");

    private static final int HEXADECIMAL = 16;
    private static final Version NO_VERSION = new Version(Instant.EPOCH, 0);

    private TokenStateText() {}

    static String of(TokenState state) {
        Acceptance accepted = state.accepted();
        PendingClaim pending = state.pending();
        UnconfirmedVersion unconfirmed = state.unconfirmed();
        var notes = new Notes();
        notes.put("format", pending != null && pending.endsElsewhere() ? null : FORMAT);
        notes.put("claimed", text(claimed(accepted, pending, unconfirmed)));
        notes.put("by", pending == null ? "" : pending.request());
        notes.put("until", pending == null ? Instant.EPOCH : pending.until());
        if (accepted != null) {
            notes.put("accepted", text(accepted.version()));
            notes.put("accepted_at", accepted.at());
            notes.put("from_waiting_room", accepted.fromWaitingRoom() ? true : null);
        }
        notes.put("in_doubt_until", state.inDoubtUntil());
        if (unconfirmed != null) {
            notes.put("perhaps", text(unconfirmed.version()));
            notes.put("perhaps_until", unconfirmed.olderWaitUntil());
        }
        if (state.refused() != null) {
            notes.put("refused", text(state.refused().version()));
            notes.put("refused_at", state.refused().at());
        }
        if (state.failures() != null) {
            notes.put("failures", state.failures().count());
            notes.put("failed", text(state.failures().version()));
            int older = state.failures().olderCount();
            notes.put("older_failures", older == 0 ? null : older);
        }
        return notes.text();
    }

    /** Where no claim is under way, the version that another copy may wait for, or that is settled. */
    private static Version claimed(
            @Nullable Acceptance accepted, @Nullable PendingClaim pending, @Nullable UnconfirmedVersion unconfirmed) {
        if (pending != null) {
            return pending.version();
        }
        if (unconfirmed != null) {
            return unconfirmed.version();
        }
        return accepted == null ? NO_VERSION : accepted.version();
    }

    /** Reads what {@link #of} wrote, or the version before this one; null if it is anything else. */
    static @Nullable TokenState read(String text) {
        try {
            return state(Notes.of(text));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return null;
        }
    }

    /** Whether a text that cannot be read is that of a later format: of a release that was rolled back, or is being deployed. */
    static boolean isOfNewerRelease(String text) {
        String format = Notes.of(text).text("format");
        return format != null && LATER_FORMAT.matcher(format).matches();
    }

    private static @Nullable TokenState state(Notes notes) {
        Version claimed = version(notes.text("claimed"));
        String request = notes.text("by");
        Instant until = notes.instant("until");
        String format = notes.text("format");
        boolean known = format == null || format.equals(FORMAT);
        if (!known || claimed == null || request == null || until == null) {
            return null;
        }
        Version accepted = version(notes.text("accepted"));
        boolean fromWaitingRoom = Boolean.parseBoolean(notes.text("from_waiting_room"));
        Version unconfirmed = version(notes.text("perhaps"));
        Version refused = version(notes.text("refused"));
        int failures = notes.count("failures");
        int olderFailures = notes.count("older_failures");
        Version failed = version(notes.text("failed"));
        return new TokenState(
                accepted == null
                        ? null
                        : new Acceptance(accepted, time(notes, "accepted_at", Instant.EPOCH), fromWaitingRoom),
                request.isEmpty() ? null : new PendingClaim(claimed, request, until, format == null),
                unconfirmed == null
                        ? null
                        : new UnconfirmedVersion(unconfirmed, time(notes, "perhaps_until", Instant.EPOCH)),
                notes.instant("in_doubt_until"),
                refused == null ? null : new RefusedVersion(refused, time(notes, "refused_at", Instant.EPOCH)),
                failed == null ? null : new Failures(failures, failed, olderFailures));
    }

    private static Instant time(Notes notes, String name, Instant absent) {
        return Objects.requireNonNullElse(notes.instant(name), absent);
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
                Rfc3339.parse(text.substring(0, space)),
                Long.parseUnsignedLong(text.substring(space + 1), HEXADECIMAL));
    }
}
