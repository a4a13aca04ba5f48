package dev.nftrefresh.ledger;

import dev.nftrefresh.ledger.TokenLedger.AlreadyAccepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.ClaimResult;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one token. All times in it are such that a copy whose clock is ahead may rely on them.
 *
 * @param accepted the newest version that was accepted
 * @param pending the claim under way; once its lease is over, its version may have been accepted
 * @param unconfirmed the newest version that may have been accepted though nobody heard of it
 * @param mayBeAppliedUntil until when something sent earlier may still be applied, and undo what goes meanwhile; while it may,
 *     only the unconfirmed version goes, as that cannot undo itself
 * @param refused the version that the API refused alone last; null if none, or if this or a newer one was accepted since
 * @param failures of requests with this token while others were accepted; null if none failed since one was accepted
 */
record TokenState(
        @Nullable Acceptance accepted,
        @Nullable PendingClaim pending,
        @Nullable UnconfirmedVersion unconfirmed,
        @Nullable Instant mayBeAppliedUntil,
        @Nullable RefusedVersion refused,
        @Nullable ConsecutiveFailures failures) {
    /** A copy's clock is off by up to a second, so those of two copies differ by up to two. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(2);
    /**
     * A version that may have been accepted is still in the queue, and comes back to be settled. Until then an older one
     * could undo it. If it does not come back in this time, it is in the dead-letter queue.
     */
    static final Duration OLDER_WAIT = Duration.ofDays(1);
    /** Of a token of which nothing is known. */
    static final TokenState NONE = new TokenState(null, null, null, null, null, null);

    /**
     * An acceptance.
     *
     * @param at when its copy heard of it
     * @param fromWaitingUpdates whether the update's message was still in the queue then
     */
    record Acceptance(UpdateVersion version, Instant at, boolean fromWaitingUpdates) {
        boolean isAfter(Acceptance other) {
            return version.isNewerThan(other.version) || (version.equals(other.version) && at.isAfter(other.at));
        }
    }

    /**
     * A claim of which nobody has said how its request went.
     *
     * @param until when its lease is over
     * @param hasLegacyOutcome whether how its request went stands in an item of the request, see {@link LegacyRequestOutcomes}
     */
    record PendingClaim(UpdateVersion version, String request, Instant until, boolean hasLegacyOutcome) {}

    /**
     * A version that may have been accepted.
     *
     * @param olderVersionsWaitUntil until when older versions wait for it to be heard of
     */
    record UnconfirmedVersion(UpdateVersion version, Instant olderVersionsWaitUntil) {}

    /** A version that was refused alone, for what is in it. */
    record RefusedVersion(UpdateVersion version, Instant at) {}

    /**
     * How many requests with this token failed in a row.
     *
     * @param count of this version, the newest that failed
     * @param olderCount of older ones: this version may fix whatever makes those fail
     */
    record ConsecutiveFailures(int count, UpdateVersion version, int olderCount) {}

    /**
     * How the ledger's waits are measured.
     *
     * @param appliedAfterLease so long after its lease may be applied what a copy sent before it died
     * @param tokenInterval between an acceptance and the next update; zero if none
     */
    record LedgerWaits(Duration appliedAfterLease, Duration tokenInterval) {}

    /** What a claim of this version by this request is answered. */
    ClaimResult claim(String request, UpdateVersion version, Instant now, LedgerWaits waits) {
        if (isClaimedBy(request, version)) {
            return granted(version);
        }
        if (accepted != null && !version.isNewerThan(accepted.version)) {
            return version.equals(accepted.version)
                    ? new AlreadyAccepted(accepted.fromWaitingUpdates)
                    : new Superseded();
        }
        Instant until = at(now, waits).busyUntil(version, now, waits);
        return now.isBefore(until) ? new Busy(Duration.between(now, until)) : granted(version);
    }

    private Granted granted(UpdateVersion version) {
        return new Granted(failuresOf(version), refused != null && refused.version.equals(version) ? refused.at : null);
    }

    /** Whether it has claimed it already: the write went twice, because its first answer was lost. */
    private boolean isClaimedBy(String request, UpdateVersion version) {
        return pending != null && pending.request.equals(request) && pending.version.equals(version);
    }

    /** After this version was granted to that request. */
    TokenState claimedBy(String request, UpdateVersion version, Instant leaseEnd, Instant now, LedgerWaits waits) {
        if (isClaimedBy(request, version)) {
            return this;
        }
        TokenState state = at(now, waits);
        var claim = new PendingClaim(version, request, leaseEnd.plus(CLOCK_DIFFERENCE), false);
        return new TokenState(state.accepted, claim, state.unconfirmed, state.mayBeAppliedUntil, refused, failures);
    }

    /** After this version was accepted, however late that is told. */
    TokenState accepted(String request, UpdateVersion version, Instant at, boolean fromWaitingUpdates) {
        var reported = new Acceptance(version, at, fromWaitingUpdates);
        Acceptance newest = accepted != null && accepted.isAfter(reported) ? accepted : reported;
        boolean confirmed = unconfirmed != null && !unconfirmed.version.isNewerThan(newest.version);
        boolean overtaken = refused != null && !refused.version.isNewerThan(newest.version);
        return new TokenState(
                newest,
                isPending(request) ? null : pending,
                confirmed ? null : unconfirmed,
                mayBeAppliedUntil,
                overtaken ? null : refused,
                null);
    }

    /** After nothing of the request was applied. Told when another one has claimed the token, it changes nothing. */
    TokenState notApplied(String request, boolean countsAsFailure) {
        return isPending(request)
                ? new TokenState(
                        accepted, null, unconfirmed, mayBeAppliedUntil, refused, failures(countsAsFailure ? 1 : 0))
                : this;
    }

    /** After a request that was refused, perhaps for this token, which went along with it. */
    TokenState refusedWithOthers(String request) {
        return isPending(request)
                ? new TokenState(
                        accepted,
                        null,
                        unconfirmed,
                        mayBeAppliedUntil,
                        refused,
                        failures(TokenLedger.SUSPICIOUS_FAILURES))
                : this;
    }

    /**
     * After this version was refused alone. That says nothing of an earlier request with it of which nobody knows how it went.
     *
     * @param rejected whether it is for what is in it, so that the same version in another message needs not be asked again
     */
    TokenState refusedAlone(String request, UpdateVersion version, boolean rejected, Instant now) {
        return new TokenState(
                accepted,
                isPending(request) ? null : pending,
                unconfirmed,
                mayBeAppliedUntil,
                rejected ? new RefusedVersion(version, now) : refused,
                failures);
    }

    /**
     * After a request of which nobody knows how it went. When another one has claimed the token, that is known already.
     *
     * @param until when it can no longer be applied
     */
    TokenState unknown(String request, Instant until, Instant now, boolean countsAsFailure) {
        return pending != null && isPending(request)
                ? new TokenState(
                        accepted,
                        null,
                        unconfirmed(pending, now),
                        later(mayBeAppliedUntil, until.plus(CLOCK_DIFFERENCE)),
                        refused,
                        failures(countsAsFailure ? 1 : 0))
                : this;
    }

    /** The same at that time: a claim whose lease is over becomes an unconfirmed version, and what is over goes. */
    TokenState at(Instant now, LedgerWaits waits) {
        if (pending != null && !now.isBefore(pending.until)) {
            // Its copy died, but what it sent may still arrive.
            Instant applied = pending.until.plus(waits.appliedAfterLease);
            return new TokenState(
                            accepted,
                            null,
                            unconfirmed(pending, now),
                            later(mayBeAppliedUntil, applied),
                            refused,
                            failures)
                    .at(now, waits);
        }
        boolean over = unconfirmed == null || !now.isBefore(unconfirmed.olderVersionsWaitUntil);
        boolean applied = mayBeAppliedUntil == null || !now.isBefore(mayBeAppliedUntil);
        return new TokenState(
                accepted, pending, over ? null : unconfirmed, applied ? null : mayBeAppliedUntil, refused, failures);
    }

    /** Where an earlier one is waited for too, older versions wait for the newest, and as long as for any. */
    private @Nullable UnconfirmedVersion unconfirmed(PendingClaim claim, Instant now) {
        UpdateVersion version = claim.version;
        Instant olderWaitUntil = claim.until.plus(OLDER_WAIT);
        if (accepted != null && !version.isNewerThan(accepted.version)) {
            return unconfirmed;
        }
        if (unconfirmed == null || !now.isBefore(unconfirmed.olderVersionsWaitUntil)) {
            return new UnconfirmedVersion(version, olderWaitUntil);
        }
        return new UnconfirmedVersion(
                unconfirmed.version.isNewerThan(version) ? unconfirmed.version : version,
                later(unconfirmed.olderVersionsWaitUntil, olderWaitUntil));
    }

    private Instant busyUntil(UpdateVersion version, Instant now, LedgerWaits waits) {
        boolean isUnconfirmed = unconfirmed != null && unconfirmed.version.equals(version);
        Instant sent = later(isUnconfirmed ? null : mayBeAppliedUntil, pending == null ? Instant.MIN : pending.until);
        if (now.isBefore(sent)) {
            return sent;
        }
        if (accepted != null && waits.tokenInterval.isPositive()) {
            Instant next = accepted.at.plus(waits.tokenInterval).plus(CLOCK_DIFFERENCE);
            if (now.isBefore(next)) {
                return next;
            }
        }
        return unconfirmed != null && unconfirmed.version.isNewerThan(version)
                ? unconfirmed.olderVersionsWaitUntil
                : Instant.MIN;
    }

    private boolean isPending(String request) {
        return pending != null && pending.request.equals(request);
    }

    private int failuresOf(UpdateVersion version) {
        if (failures == null || version.isNewerThan(failures.version)) {
            return 0;
        }
        return version.equals(failures.version) ? failures.count : failures.olderCount;
    }

    /** A newer version starts from zero: it may well fix what failed. */
    private @Nullable ConsecutiveFailures failures(int more) {
        if (more == 0 || pending == null) {
            return failures;
        }
        if (failures == null) {
            return new ConsecutiveFailures(more, pending.version, 0);
        }
        if (pending.version.isNewerThan(failures.version)) {
            return new ConsecutiveFailures(more, pending.version, failures.count);
        }
        return pending.version.equals(failures.version)
                ? new ConsecutiveFailures(failures.count + more, failures.version, failures.olderCount)
                : new ConsecutiveFailures(failures.count, failures.version, failures.olderCount + more);
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one != null && one.isAfter(other) ? one : other;
    }
}
