package dev.nftrefresh.operator.token;

import dev.nftrefresh.collection.CollectionRefusal;
import dev.nftrefresh.collection.CollectionRefusal.RefusalCause;
import dev.nftrefresh.ledger.TokenStatus;
import dev.nftrefresh.ledger.TokenStatus.VersionAt;
import dev.nftrefresh.operator.token.TokenAnswer.Accepted;
import dev.nftrefresh.operator.token.TokenAnswer.Rejected;
import dev.nftrefresh.operator.token.TokenAnswer.Unknown;
import dev.nftrefresh.operator.token.TokenAnswer.WaitCause;
import dev.nftrefresh.operator.token.TokenAnswer.Waiting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes one answer of what the ledger, the waiting updates and the log know. The newest sign of an update counts. */
final class TokenAnswerResolver {
    /** A line of the log and the ledger's time of one acceptance, each by the clock of a copy, differ by less. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(10);

    private final TokenEvidence evidence;
    private final TokenStatus ledger;
    private final Instant now;

    private TokenAnswerResolver(TokenEvidence evidence) {
        this.evidence = evidence;
        this.ledger = evidence.ledger();
        this.now = evidence.at();
    }

    static TokenAnswer on(TokenEvidence evidence) {
        return new TokenAnswerResolver(evidence).answer();
    }

    private TokenAnswer answer() {
        VersionAt accepted = ledger.accepted();
        VersionAt claimed = ledger.claimed();
        if (claimed != null && isNews(claimed) && now.isBefore(claimed.at())) {
            return new Waiting(claimed.version(), WaitCause.ANSWER, null, claimed.at());
        }
        WaitingUpdate waiting = evidence.waiting();
        if (waiting != null && (accepted == null || waiting.version().isNewerThan(accepted.version()))) {
            return waiting(waiting);
        }
        TokenEvent last = lastEvent();
        VersionAt refused = ledger.refused();
        if (refused != null
                && isNews(refused)
                && (last == null || !last.at().isAfter(refused.at().plus(SAME_MOMENT)))) {
            String detail = last == null ? "" : last.detail();
            return new Rejected("REFUSED_BY_API", detail, refused.at(), last);
        }
        if (last != null) {
            return switch (last.kind()) {
                case REJECTED -> new Rejected(last.code(), last.detail(), last.at(), last);
                case NOT_ACCEPTED -> notAccepted(last);
                // The ledger was not written, or its write is on its way.
                case ACCEPTED -> new Accepted(null, last.at());
            };
        }
        VersionAt unheard = unheard(claimed, ledger.unconfirmed());
        if (unheard != null && isNews(unheard)) {
            return new Waiting(unheard.version(), paused(WaitCause.CONFIRMATION), null, null);
        }
        if (accepted != null) {
            return new Accepted(accepted.version(), accepted.at());
        }
        return ledger.tried() && evidence.messages() > 0 ? triedBefore() : new Unknown();
    }

    /** It was in a request that was not accepted, and is in the queue again: its log line may not have arrived yet. */
    private Waiting triedBefore() {
        CollectionRefusal refusal = evidence.refusal();
        if (refusal != null && refusal.isWaiting()) {
            return evidence.paused()
                    ? new Waiting(null, WaitCause.RESUME, null, null)
                    : new Waiting(null, cause(refusal), null, nextTry(refusal));
        }
        Instant closed = evidence.limiter().closedUntil();
        return closed == null
                ? new Waiting(null, paused(WaitCause.RETRY), null, null)
                : new Waiting(null, paused(WaitCause.QUOTA), null, closed);
    }

    private boolean isNews(VersionAt version) {
        VersionAt accepted = ledger.accepted();
        return accepted == null || version.version().isNewerThan(accepted.version());
    }

    /** A claim whose lease is over belongs to a crashed copy, so its outcome is unknown. */
    private static @Nullable VersionAt unheard(@Nullable VersionAt claimed, @Nullable VersionAt unconfirmed) {
        if (claimed == null || unconfirmed == null) {
            return claimed == null ? unconfirmed : claimed;
        }
        return claimed.version().isNewerThan(unconfirmed.version()) ? claimed : unconfirmed;
    }

    /** The newest line that says more than that what the ledger knows was accepted. */
    private @Nullable TokenEvent lastEvent() {
        VersionAt accepted = ledger.accepted();
        Instant known = accepted == null ? Instant.MIN : accepted.at();
        return evidence.log().events().stream()
                .filter(event -> event.at().isAfter(known))
                .filter(event -> accepted == null
                        || event.kind() != TokenEvent.Kind.ACCEPTED
                        || event.at().isAfter(known.plus(SAME_MOMENT)))
                .reduce((_, later) -> later)
                .orElse(null);
    }

    private Waiting waiting(WaitingUpdate waiting) {
        Instant since = waiting.version().time();
        if (evidence.paused()) {
            return new Waiting(waiting.version(), WaitCause.RESUME, since, null);
        }
        CollectionRefusal refusal = evidence.refusal();
        if (refusal != null && refusal.isWaiting()) {
            return new Waiting(waiting.version(), cause(refusal), since, nextTry(refusal));
        }
        Instant closed = evidence.limiter().closedUntil();
        if (closed != null) {
            Instant reservedSendTime = waiting.promised();
            return new Waiting(
                    waiting.version(),
                    WaitCause.QUOTA,
                    since,
                    reservedSendTime != null && reservedSendTime.isAfter(closed) ? reservedSendTime : closed);
        }
        Instant next = nextAllowed();
        return next != null
                ? new Waiting(waiting.version(), WaitCause.INTERVAL, since, next)
                : new Waiting(waiting.version(), WaitCause.RIDE, since, waiting.promised());
    }

    private @Nullable Instant nextAllowed() {
        VersionAt accepted = ledger.accepted();
        if (accepted == null || evidence.tokenInterval().isZero()) {
            return null;
        }
        Instant next = accepted.at().plus(evidence.tokenInterval());
        return next.isAfter(now) ? next : null;
    }

    private Waiting notAccepted(TokenEvent event) {
        WaitCause cause = switch (event.code()) {
            case "Throttled" -> WaitCause.QUOTA;
            case "Forbidden", "CollectionNotFound" -> WaitCause.COLLECTION;
            case "KeyRefused" -> WaitCause.KEY;
            case "Refused" -> refused(event);
            default -> WaitCause.RETRY;
        };
        CollectionRefusal refusal = evidence.refusal();
        Instant until = switch (cause) {
            case QUOTA, KEY -> evidence.limiter().closedUntil();
            case COLLECTION, TOKENS -> refusal == null ? null : nextTry(refusal);
            default -> null;
        };
        return evidence.paused()
                ? new Waiting(null, WaitCause.RESUME, event.at(), null)
                : new Waiting(null, cause, event.at(), until);
    }

    /** What is said while the service looks for the refused token, tries it again, or tries few of its collection at all. */
    private WaitCause refused(TokenEvent event) {
        CollectionRefusal refusal = evidence.refusal();
        if (refusal != null && refusal.isWaiting()) {
            return cause(refusal);
        }
        return event.alone() ? WaitCause.REFUSED_ALONE : WaitCause.SEARCH;
    }

    private static WaitCause cause(CollectionRefusal refusal) {
        return refusal.cause() == RefusalCause.TOKENS ? WaitCause.TOKENS : WaitCause.COLLECTION;
    }

    /** Null while none is waited for, or if it is due. */
    private @Nullable Instant nextTry(CollectionRefusal refusal) {
        Duration left = refusal.remainingWait(now);
        return left.isZero() ? null : now.plus(left);
    }

    private WaitCause paused(WaitCause cause) {
        return evidence.paused() ? WaitCause.RESUME : cause;
    }
}
