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
 * What is known about one token. All its times include a margin for copies whose clocks are ahead.
 *
 * @param accepted the newest version that was accepted
 * @param pending the current claim; once its lease is over, its version may have been accepted
 * @param unconfirmed the newest version that may have been accepted although its answer was lost
 * @param mayBeAppliedUntil until when an earlier request may still be applied, and overwrite what is sent meanwhile;
 *     until then only the unconfirmed version is sent, as that cannot overwrite itself
 * @param refused the version that the API refused alone last; null if none, or if this or a newer one was accepted
 *     since
 * @param failures of requests with this token while others were accepted; null if none failed since one was accepted
 */
record TokenState(
        @Nullable Acceptance accepted,
        @Nullable PendingClaim pending,
        @Nullable UnconfirmedVersion unconfirmed,
        @Nullable Instant mayBeAppliedUntil,
        @Nullable RefusedVersion refused,
        @Nullable ConsecutiveFailures failures) {
    /** A copy's clock is off by up to a second, so two copies' clocks differ by up to two. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(2);
    /**
     * A version that may have been accepted is still in the queue, and returns to be settled. Until then an older one
     * could overwrite it. If it does not return in this time, it is in the dead-letter queue.
     */
    static final Duration OLDER_WAIT = Duration.ofDays(1);
    /** The state of a token about which nothing is known. */
    static final TokenState NONE = new TokenState(null, null, null, null, null, null);

    /**
     * An acceptance.
     *
     * @param at when its copy got the answer
     * @param fromWaitingUpdates whether the update's message was still in the queue then
     */
    record Acceptance(UpdateVersion version, Instant at, boolean fromWaitingUpdates) {
        boolean isAfter(Acceptance other) {
            return version.isNewerThan(other.version) || (version.equals(other.version) && at.isAfter(other.at));
        }
    }

    /**
     * A claim whose request has no recorded outcome.
     *
     * @param until when its lease is over
     * @param hasLegacyOutcome whether its outcome is in an item of the request, see {@link LegacyRequestOutcomes}
     */
    record PendingClaim(UpdateVersion version, String request, Instant until, boolean hasLegacyOutcome) {}

    /**
     * A version that may have been accepted.
     *
     * @param olderVersionsWaitUntil until when older versions wait for its outcome
     */
    record UnconfirmedVersion(UpdateVersion version, Instant olderVersionsWaitUntil) {}

    /** A version that was refused alone, for its content. */
    record RefusedVersion(UpdateVersion version, Instant at) {}

    /**
     * How many requests with this token failed in a row.
     *
     * @param count of this version, the newest that failed
     * @param olderCount of older versions: this version may fix what makes those fail
     */
    record ConsecutiveFailures(int count, UpdateVersion version, int olderCount) {}

    /**
     * The ledger's waits.
     *
     * @param appliedAfterLease how long after its lease a request may still be applied that its copy sent before it
     *     crashed
     * @param tokenInterval between an acceptance and the next update; zero if none
     */
    record LedgerWaits(Duration appliedAfterLease, Duration tokenInterval) {}

    /** The result of a claim of this version by this request. */
    ClaimResult claim(String request, UpdateVersion version, Instant now, LedgerWaits waits) {
        if (accepted != null && !version.isNewerThan(accepted.version)) {
            return version.equals(accepted.version)
                    ? new AlreadyAccepted(accepted.fromWaitingUpdates)
                    : new Superseded();
        }
        if (isClaimedBy(request, version)) {
            return granted(version);
        }
        Instant until = at(now, waits).busyUntil(version, now, waits);
        return now.isBefore(until) ? new Busy(Duration.between(now, until)) : granted(version);
    }

    private Granted granted(UpdateVersion version) {
        return new Granted(failuresOf(version), refused != null && refused.version.equals(version) ? refused.at : null);
    }

    /** Whether it has claimed the token already: the write was repeated, because its first answer was lost. */
    private boolean isClaimedBy(String request, UpdateVersion version) {
        return pending != null && pending.request.equals(request) && pending.version.equals(version);
    }

    /** The state after this version was granted to that request. */
    TokenState claimedBy(String request, UpdateVersion version, Instant leaseEnd, Instant now, LedgerWaits waits) {
        if (isClaimedBy(request, version)) {
            return this;
        }
        TokenState state = at(now, waits);
        var claim = new PendingClaim(version, request, leaseEnd.plus(CLOCK_DIFFERENCE), false);
        return new TokenState(state.accepted, claim, state.unconfirmed, state.mayBeAppliedUntil, refused, failures);
    }

    /** The state after this version was accepted, however late that is recorded. */
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

    /**
     * The state after nothing of the request was applied. Unchanged if another request has claimed the token meanwhile.
     */
    TokenState notApplied(String request, boolean countsAsFailure) {
        return isPending(request)
                ? new TokenState(
                        accepted, null, unconfirmed, mayBeAppliedUntil, refused, failures(countsAsFailure ? 1 : 0))
                : this;
    }

    /** The state after a request that included this token was refused, possibly for this token. */
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
     * The state after this version was refused alone, which says nothing about an earlier request with an unknown
     * outcome.
     *
     * @param rejected whether its content is the cause, so that the same version in another message need not be sent
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
     * The state after a request with an unknown outcome. If another one has claimed the token, that is known already.
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

    /**
     * The state at that time: a claim whose lease is over becomes an unconfirmed version, and what is over is removed.
     */
    TokenState at(Instant now, LedgerWaits waits) {
        if (pending != null && !now.isBefore(pending.until)) {
            // Its copy crashed, but its request may still arrive.
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

    /** With an earlier unconfirmed version, older ones wait for the newest, and for the longest of both waits. */
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

    /** A newer version starts at zero: it may fix what failed. */
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
