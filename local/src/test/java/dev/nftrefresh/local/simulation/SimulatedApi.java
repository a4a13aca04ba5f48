package dev.nftrefresh.local.simulation;

import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RefreshOutcomeReader;
import dev.nftrefresh.local.api.QuotaHeaderText;
import dev.nftrefresh.local.api.StandInQuota;
import dev.nftrefresh.local.api.StandInQuota.SpendResult;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.local.simulation.FaultRates.RequestFault;
import dev.nftrefresh.local.simulation.SentTokens.SentToken;
import dev.nftrefresh.local.virtualtime.VirtualTime;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Immutable's refresh endpoint in virtual time: the stand-in's limits and texts, and a network that fails. */
final class SimulatedApi {
    /** An update that got no answer may be applied this much later. */
    private static final Duration LATEST = Duration.ofSeconds(60);

    private static final byte[] ERROR =
            "{\"code\":\"SIMULATED\",\"message\":\"Simulated.\"}".getBytes(StandardCharsets.UTF_8);

    private static final byte[] REFUSAL =
            "{\"code\":\"VALIDATION_ERROR\",\"message\":\"Simulated.\"}".getBytes(StandardCharsets.UTF_8);

    private final VirtualTime time;
    private final StandInSettings settings;
    private final StandInQuota limit;
    private final FaultRates troubles;
    private final RandomGenerator random;
    private final UpdateTracker updates;
    private final SimulationScenario scenario;
    private final RequestTrace trace;
    private final RequestCounts requests = new RequestCounts();
    private final QuotaUse quotaUse;
    private final RequestTimeline timeline = new RequestTimeline();

    SimulatedApi(
            VirtualTime time,
            SimulationScenario scenario,
            RandomGenerator random,
            UpdateTracker updates,
            RequestTrace trace) {
        this.time = time;
        this.scenario = scenario;
        settings = scenario.api();
        limit = new QuotaChange.ChangingLimit(StandInQuota.of(settings), scenario.change(), VirtualTime.START);
        troubles = scenario.troubles();
        this.random = random;
        this.updates = updates;
        this.trace = trace;
        quotaUse = new QuotaUse(settings);
    }

    RequestCounts requests() {
        return requests;
    }

    QuotaUse quotaUse() {
        return quotaUse;
    }

    RequestTimeline timeline() {
        return timeline;
    }

    /** What this copy of the function calls. */
    RefreshApi calledBy(String copy) {
        return (_, body, _, timeout) -> refresh(copy, SentTokens.of(body), timeout);
    }

    private RefreshOutcome refresh(String copy, List<SentToken> tokens, Duration timeout) {
        Duration there = halfWay();
        time.sleep(there);
        return switch (fault()) {
            case NONE -> answer(copy, tokens);
            case THROTTLED_IN_FRONT -> error(copy, tokens, 429);
            case FAILED -> error(copy, tokens, 500);
            case UNAVAILABLE -> {
                applyPerhaps(tokens, false);
                yield error(copy, tokens, 503);
            }
            case TIMED_OUT -> {
                applyPerhaps(tokens, random.nextBoolean());
                time.sleep(timeout.minus(there));
                yield noAnswer(copy, tokens, "Immutable did not answer in time.");
            }
            case CUT -> {
                applyPerhaps(tokens, random.nextBoolean());
                yield noAnswer(copy, tokens, "The exchange with Immutable broke off.");
            }
        };
    }

    private RequestFault fault() {
        RequestFault fault = troubles.ofRequest(random);
        ApiOutage outage = scenario.outage();
        return outage != null && outage.isAt(Duration.between(VirtualTime.START, time.now())) ? outage.fault() : fault;
    }

    private RefreshOutcome answer(String copy, List<SentToken> tokens) {
        SpendResult spent = spend(tokens);
        boolean refused = tokens.stream().anyMatch(this::isRefused);
        if (spent.granted() && !refused) {
            apply(tokens, true);
        }
        int status = !spent.granted() ? 429 : refused ? 400 : 202;
        note(copy, tokens, status, spent.remaining());
        time.sleep(halfWay());
        Map<String, List<String>> headers = QuotaHeaderText.headers(spent).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        return read(status, HttpHeaders.of(headers, (_, _) -> true));
    }

    private RefreshOutcome error(String copy, List<SentToken> tokens, int status) {
        note(copy, tokens, status, -1);
        time.sleep(halfWay());
        return read(status, HttpHeaders.of(Map.of(), (_, _) -> true));
    }

    private RefreshOutcome read(int status, HttpHeaders headers) {
        return RefreshOutcomeReader.read(
                status,
                headers,
                status == 202 ? new byte[0] : status == 400 ? REFUSAL : ERROR,
                "sk_imapik-simulated",
                time.now());
    }

    private RefreshOutcome noAnswer(String copy, List<SentToken> tokens, String reason) {
        note(copy, tokens, 0, -1);
        return new RefreshOutcome.Unknown(reason);
    }

    private void applyPerhaps(List<SentToken> tokens, boolean late) {
        if (random.nextBoolean()) {
            return;
        }
        Duration delay = late ? Duration.ofMillis(random.nextLong(LATEST.toMillis())) : Duration.ZERO;
        time.start(() -> {
            time.sleep(delay);
            if (spend(tokens).granted()) {
                apply(tokens, false);
            }
        });
    }

    private boolean isRefused(SentToken token) {
        return scenario.refusedOf() > 0
                && token.token() >= scenario.producer().live()
                && token.token() % scenario.refusedOf() == 0;
    }

    private SpendResult spend(List<SentToken> tokens) {
        int cost = settings.unit() == StandInQuotaUnit.TOKEN ? tokens.size() : 1;
        SpendResult spent = limit.spend(cost, time.now());
        quotaUse.spent(spent, tokens.size(), updates.waiting(), time.now());
        return spent;
    }

    private void apply(List<SentToken> tokens, boolean answered) {
        tokens.forEach(token -> updates.accepted(token.token(), token.version(), answered, time.now()));
    }

    private void note(String copy, List<SentToken> tokens, int status, long remaining) {
        requests.ended(status);
        timeline.ended(time.now(), status, updates.waiting(), remaining);
        trace.request(time.now(), copy, tokens.size(), status, remaining);
    }

    /** A half of the latency, more or less a third. */
    private Duration halfWay() {
        return settings.latency()
                .dividedBy(2)
                .multipliedBy(random.nextInt(67, 134))
                .dividedBy(100);
    }
}
