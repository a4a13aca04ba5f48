package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenState.Acceptance;
import dev.nftrefresh.ledger.TokenState.ConsecutiveFailures;
import dev.nftrefresh.ledger.TokenState.PendingClaim;
import dev.nftrefresh.ledger.TokenState.RefusedVersion;
import dev.nftrefresh.ledger.TokenState.UnconfirmedVersion;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.table.ItemText;
import dev.nftrefresh.time.Rfc3339TimeParser;
import dev.nftrefresh.update.UpdateVersion;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token's state as the text of its item. During a deploy, copies of the previous version run beside this one. They
 * require {@code claimed}, {@code by} and {@code until}, and read {@code accepted}, {@code in_doubt_until}, {@code
 * perhaps} and {@code perhaps_until} with the same meaning; a claim that is over is one whose lease ended in 1970. An
 * item without {@code format} was written by them, see {@link LegacyRequestOutcomes}.
 */
final class TokenStateJson {
    private static final String FORMAT = "2";
    /** Present from format 3 on. */
    private static final Pattern LATER_FORMAT = Pattern.compile("[3-9]|[1-9][0-9]{1,8}");

    private static final int HEXADECIMAL = 16;
    private static final UpdateVersion NO_VERSION = new UpdateVersion(Instant.EPOCH, 0);

    private TokenStateJson() {}

    static String of(TokenState state) {
        Acceptance accepted = state.accepted();
        PendingClaim pending = state.pending();
        UnconfirmedVersion unconfirmed = state.unconfirmed();
        var fields = new ItemText();
        fields.put("format", pending != null && pending.hasLegacyOutcome() ? null : FORMAT);
        put(fields, "claimed", claimed(accepted, pending, unconfirmed));
        fields.put("by", pending == null ? "" : pending.request());
        fields.put("until", pending == null ? Instant.EPOCH : pending.until());
        if (accepted != null) {
            put(fields, "accepted", accepted.version());
            fields.put("accepted_at", accepted.at());
            fields.put("from_waiting_room", accepted.fromWaitingUpdates() ? "true" : null);
        }
        fields.put("in_doubt_until", state.mayBeAppliedUntil());
        if (unconfirmed != null) {
            put(fields, "perhaps", unconfirmed.version());
            fields.put("perhaps_until", unconfirmed.olderVersionsWaitUntil());
        }
        if (state.refused() != null) {
            put(fields, "refused", state.refused().version());
            fields.put("refused_at", state.refused().at());
        }
        if (state.failures() != null) {
            fields.put("failures", String.valueOf(state.failures().count()));
            put(fields, "failed", state.failures().version());
            int older = state.failures().olderCount();
            fields.put("older_failures", older == 0 ? null : String.valueOf(older));
        }
        return fields.text();
    }

    /** Where there is no claim, the version that another copy may wait for, or that is settled. */
    private static UpdateVersion claimed(
            @Nullable Acceptance accepted, @Nullable PendingClaim pending, @Nullable UnconfirmedVersion unconfirmed) {
        if (pending != null) {
            return pending.version();
        }
        if (unconfirmed != null) {
            return unconfirmed.version();
        }
        return accepted == null ? NO_VERSION : accepted.version();
    }

    /** Reads what {@link #of} or the previous version wrote; null if it is anything else. */
    static @Nullable TokenState read(String text) {
        try {
            return state(ItemFields.of(text));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return null;
        }
    }

    /** Whether an unreadable text has a later format: of a release that was rolled back, or is being deployed. */
    static boolean isOfNewerRelease(String text) {
        String format = ItemFields.of(text).text("format");
        return format != null && LATER_FORMAT.matcher(format).matches();
    }

    private static @Nullable TokenState state(ItemFields fields) {
        UpdateVersion claimed = version(fields.text("claimed"));
        String request = fields.text("by");
        Instant until = fields.instant("until");
        String format = fields.text("format");
        boolean known = format == null || format.equals(FORMAT);
        if (!known || claimed == null || request == null || until == null) {
            return null;
        }
        UpdateVersion accepted = version(fields.text("accepted"));
        boolean fromWaitingUpdates = Boolean.parseBoolean(fields.text("from_waiting_room"));
        UpdateVersion unconfirmed = version(fields.text("perhaps"));
        UpdateVersion refused = version(fields.text("refused"));
        int failures = fields.count("failures");
        int olderFailures = fields.count("older_failures");
        UpdateVersion failed = version(fields.text("failed"));
        return new TokenState(
                accepted == null
                        ? null
                        : new Acceptance(accepted, time(fields, "accepted_at", Instant.EPOCH), fromWaitingUpdates),
                request.isEmpty() ? null : new PendingClaim(claimed, request, until, format == null),
                unconfirmed == null
                        ? null
                        : new UnconfirmedVersion(unconfirmed, time(fields, "perhaps_until", Instant.EPOCH)),
                fields.instant("in_doubt_until"),
                refused == null ? null : new RefusedVersion(refused, time(fields, "refused_at", Instant.EPOCH)),
                failed == null ? null : new ConsecutiveFailures(failures, failed, olderFailures));
    }

    private static Instant time(ItemFields fields, String name, Instant absent) {
        return Objects.requireNonNullElse(fields.instant(name), absent);
    }

    private static void put(ItemText fields, String name, UpdateVersion version) {
        fields.put(name, version.time(), version.hash());
    }

    private static @Nullable UpdateVersion version(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int space = text.indexOf(' ');
        return new UpdateVersion(
                Rfc3339TimeParser.parse(text.substring(0, space)),
                Long.parseUnsignedLong(text.substring(space + 1), HEXADECIMAL));
    }
}
