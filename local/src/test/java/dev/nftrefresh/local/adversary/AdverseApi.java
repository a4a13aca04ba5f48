package dev.nftrefresh.local.adversary;

import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RefreshOutcomeReader;
import dev.nftrefresh.local.adversary.AppliedUpdates.ReceivedRequest;
import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.adversary.ProducedUpdates.ProducedUpdate;
import dev.nftrefresh.local.api.StandInQuota;
import dev.nftrefresh.local.api.StandInQuota.SpendResult;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.update.CollectionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** Immutable's endpoint in virtual time, which misbehaves as it was planned and keeps a record of what it did. */
final class AdverseApi {
    private static final Duration HALF_WAY = Duration.ofMillis(150);
    private static final Duration LATEST = Duration.ofSeconds(60);

    private final VirtualTime time;
    private final ApiPlan plan;
    private final Duration wellAt;
    private final AdverseSecret secret;
    private final AppliedUpdates applied;
    private final RequestJudge judge;
    private final RandomGenerator random;
    private final HistoryTrace trace;
    private final StandInQuota limit;
    private final StandInQuota inFront;
    private final int[] troublesLeft;
    private int requests;
    private int throttled;
    private final Deque<Instant> latest = new ArrayDeque<>();
    private int mostInTwoSeconds;

    AdverseApi(
            VirtualTime time,
            ApiPlan plan,
            Duration wellAt,
            AdverseSecret secret,
            ProducedUpdates updates,
            AppliedUpdates applied,
            HistoryFindings findings,
            RandomGenerator random,
            HistoryTrace trace) {
        this.time = time;
        this.plan = plan;
        this.wellAt = wellAt;
        this.secret = secret;
        this.applied = applied;
        this.judge = new RequestJudge(updates, findings);
        this.random = random;
        this.trace = trace;
        this.limit = StandInQuota.of(
                new StandInSettings((long) plan.limit(), plan.window(), plan.refill(), plan.unit(), HALF_WAY));
        this.inFront = StandInQuota.of(StandInSettings.perWindow(Math.max(1, plan.perSecond()), Duration.ofSeconds(1)));
        this.troublesLeft =
                plan.troubles().stream().mapToInt(ApiTrouble::answers).toArray();
    }

    int requests() {
        return requests;
    }

    int throttled() {
        return throttled;
    }

    /** Most requests that came in any two seconds. */
    int mostInTwoSeconds() {
        return mostInTwoSeconds;
    }

    private void count(Instant now) {
        latest.addLast(now);
        while (!latest.getFirst().plusSeconds(2).isAfter(now)) {
            latest.removeFirst();
        }
        mostInTwoSeconds = Math.max(mostInTwoSeconds, latest.size());
    }

    /** The API that this copy calls; its clock times the answers. */
    RefreshApi calledBy(CopyLife copy, Clock clock) {
        return (collection, body, key, timeout) -> {
            copy.callsApi();
            return refresh(copy, collection, body, key, timeout, clock);
        };
    }

    private RefreshOutcome refresh(
            CopyLife copy, CollectionId collection, byte[] body, String key, Duration timeout, Clock clock) {
        var request = new ReceivedRequest(++requests, time.now(), timeout);
        count(request.sentAt);
        int of = judge.collection(collection);
        List<ProducedUpdate> tokens = judge.updates(of, body);
        time.sleep(HALF_WAY);
        ApiAnswer answer = answer(request, of, tokens, key);
        trace.line(copy.name(), () -> "API: request " + request.number + " " + describe(of, tokens) + " -> " + answer);
        throttled += answer.status() == 429 ? 1 : 0;
        if (answer.status() == 0) {
            Duration left = answer.cutOff() ? HALF_WAY : timeout.minus(HALF_WAY);
            time.sleep(left.isNegative() ? Duration.ZERO : left);
            return new RefreshOutcome.Unknown("No answer came.");
        }
        time.sleep(HALF_WAY);
        if (answer.status() == 202) {
            request.acknowledged(copy, time.now());
        }
        if (answer.fromImmutable()) {
            applied.answered(of, answer.status(), time.now());
        }
        return RefreshOutcomeReader.read(answer.status(), answer.headers(), answer.body(), key, clock.instant());
    }

    private ApiAnswer answer(ReceivedRequest request, int collection, List<ProducedUpdate> tokens, String key) {
        ApiTexts texts = new ApiTexts(plan, isWell(), key, time.now(), random);
        for (int i = 0; i < troublesLeft.length; i++) {
            ApiTrouble problem = plan.troubles().get(i);
            if (troublesLeft[i] > 0 && problem.concerns(collection, at()) && random.nextInt(100) < problem.percent()) {
                troublesLeft[i]--;
                return misbehaved(problem.answer(), request, tokens, texts);
            }
        }
        if (!secret.isValid(key)) {
            return texts.error(401, "UNAUTHORISED_REQUEST", "The key is not valid.");
        }
        if (plan.perSecond() > 0 && !inFront.spend(1, time.now()).granted()) {
            return texts.plain(429, "Too many requests");
        }
        SpendResult spent = limit.spend(plan.unit() == StandInQuotaUnit.TOKEN ? tokens.size() : 1, time.now());
        if (!spent.granted()) {
            return texts.throttled(spent);
        }
        if (poisoned(tokens, TokenFault.POISONOUS)) {
            return texts.error(500, "INTERNAL_SERVER_ERROR", "Something went wrong.");
        }
        if (poisoned(tokens, TokenFault.REFUSED_WITHOUT_CODE)) {
            return texts.plain(400, "Bad request");
        }
        if (has(tokens, TokenFault.REFUSED)) {
            noteAlone(tokens);
            return texts.refused(tokens);
        }
        return accepted(request, tokens, spent, texts);
    }

    private ApiAnswer accepted(
            ReceivedRequest request, List<ProducedUpdate> tokens, SpendResult spent, ApiTexts texts) {
        if (!isWell() && random.nextInt(100) < plan.percentUnheard()) {
            Duration late = random.nextBoolean() ? Duration.ZERO : late();
            apply(tokens, request, late);
            return random.nextBoolean() ? ApiAnswer.cutOffNow() : ApiAnswer.NONE;
        }
        apply(tokens, request, plan.appliedWithin().isZero() ? Duration.ZERO : within(plan.appliedWithin()));
        return texts.accepted(spent);
    }

    /** At once and as late as can be are what undoes. */
    private Duration within(Duration latest) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ZERO;
            case 1 -> latest;
            default -> Duration.ofMillis(random.nextLong(latest.toMillis()));
        };
    }

    private Duration late() {
        return Duration.ofMillis(random.nextLong(LATEST.toMillis()));
    }

    private ApiAnswer misbehaved(
            OddAnswer answer, ReceivedRequest request, List<ProducedUpdate> tokens, ApiTexts texts) {
        if (answer.isApplied() && canBeApplied(tokens) && random.nextBoolean()) {
            apply(tokens, request, answer.isLate() ? late() : Duration.ZERO);
        }
        return switch (answer) {
            case NO_ANSWER, NO_ANSWER_ALTHOUGH_APPLIED, APPLIED_A_MINUTE_LATE -> ApiAnswer.NONE;
            case CUT_OFF_ALTHOUGH_APPLIED -> ApiAnswer.cutOffNow();
            case EVERYTHING_REFUSED -> {
                noteAlone(tokens);
                yield texts.error(answer.status, answer.code(), "Odd.");
            }
            default ->
                answer.code().isEmpty()
                        ? texts.plain(answer.status, "Odd.")
                        : texts.error(answer.status, answer.code(), "Odd.");
        };
    }

    private void noteAlone(List<ProducedUpdate> tokens) {
        if (tokens.size() == 1) {
            applied.refusedAlone(tokens.getFirst().serial());
        }
    }

    private void apply(List<ProducedUpdate> tokens, ReceivedRequest request, Duration later) {
        if (later.isZero()) {
            tokens.forEach(update -> applied.applied(update, time.now(), request));
        } else {
            time.start(() -> {
                time.sleep(later);
                trace.line("API", () -> "applies request " + request.number);
                tokens.forEach(update -> applied.applied(update, time.now(), request));
            });
        }
    }

    private boolean canBeApplied(List<ProducedUpdate> tokens) {
        return !has(tokens, TokenFault.REFUSED)
                && !poisoned(tokens, TokenFault.POISONOUS)
                && !poisoned(tokens, TokenFault.REFUSED_WITHOUT_CODE);
    }

    private boolean poisoned(List<ProducedUpdate> tokens, TokenFault fault) {
        return plan.poisons(fault, isWell()) && has(tokens, fault);
    }

    private static boolean has(List<ProducedUpdate> tokens, TokenFault fault) {
        return tokens.stream().anyMatch(update -> update.fault() == fault);
    }

    private boolean isWell() {
        return at().compareTo(wellAt) >= 0;
    }

    private Duration at() {
        return Duration.between(VirtualTime.START, time.now());
    }

    private static String describe(int collection, List<ProducedUpdate> tokens) {
        return "of collection " + collection + ", " + tokens.size() + " tokens: "
                + tokens.stream()
                        .limit(8)
                        .map(update -> update.token() + " (update " + update.serial() + ")")
                        .toList();
    }
}
