package dev.nftrefresh.local.api;

import dev.nftrefresh.api.ApiError;
import dev.nftrefresh.api.Quota;
import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.local.model.VirtualTime;
import dev.nftrefresh.update.CollectionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Immutable's refresh endpoint in virtual time, with the stand-in's limits, and with the troubles of a network. */
public final class ModelApi implements RefreshApi {
    private static final Pattern TOKEN = Pattern.compile("\"token_id\":\"(\\d+)\"[^}]*?\"version\":(\\d+)");
    private static final Duration LONGEST_LATE = Duration.ofSeconds(60);

    private final VirtualTime time;
    private final StandInSettings settings;
    private final RefreshLimit limit;
    private final Troubles troubles;
    private final Random random;
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, Instant> acceptedAt = new HashMap<>();
    private long stale;

    /**
     * How often a request meets each of these, from 0 to 1.
     *
     * @param frontLimiter a 429 of the limiter in front, which tells no quota
     * @param error a 500
     * @param cut no answer; half of those are applied, some of them late
     */
    public record Troubles(double frontLimiter, double error, double cut) {
        public static final Troubles NONE = new Troubles(0, 0, 0);
    }

    /** A request as it ended; status 0 is no answer. */
    public record Call(Instant at, int tokens, int status, long remaining) {}

    public ModelApi(VirtualTime time, StandInSettings settings, Troubles troubles, long seed) {
        this.time = time;
        this.settings = settings;
        this.limit = RefreshLimit.of(settings);
        this.troubles = troubles;
        this.random = new Random(seed);
    }

    @Override
    public RefreshOutcome refresh(CollectionId collection, byte[] body, String apiKey, Duration timeout) {
        time.sleep(halfOfTheWay());
        String text = new String(body, StandardCharsets.UTF_8);
        double fate = random.nextDouble();
        RefreshOutcome outcome;
        if (fate < troubles.frontLimiter) {
            outcome = note(text, 429, new RefreshOutcome.Throttled(Quota.UNKNOWN, error(429)));
        } else if (fate < troubles.frontLimiter + troubles.error) {
            outcome = note(text, 500, new RefreshOutcome.Failed(error(500)));
        } else if (fate < troubles.frontLimiter + troubles.error + troubles.cut) {
            return cut(text, timeout);
        } else {
            outcome = answer(text);
        }
        time.sleep(halfOfTheWay());
        return outcome;
    }

    private RefreshOutcome note(String body, int status, RefreshOutcome outcome) {
        calls.add(new Call(now(), count(body), status, -1));
        return outcome;
    }

    private RefreshOutcome cut(String body, Duration timeout) {
        if (random.nextBoolean()) {
            Duration late =
                    random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(random.nextLong(LONGEST_LATE.toMillis()));
            time.start(() -> {
                time.sleep(late);
                if (spend(count(body)).granted()) {
                    accept(body);
                }
            });
        }
        time.sleep(random.nextBoolean() ? timeout : Duration.ZERO);
        return note(body, 0, new RefreshOutcome.Unknown("The model cut the connection."));
    }

    private RefreshOutcome answer(String body) {
        int tokens = count(body);
        RefreshLimit.Spent spent = spend(tokens);
        // As the headers are written and read: a wait to hundredths of a second, rounded up.
        Duration wait = Duration.ofMillis((spent.retryAfter().toNanos() + 9_999_999) / 10_000_000 * 10);
        var quota = new Quota(spent.limit(), spent.remaining(), spent.reset(), wait, List.of());
        calls.add(new Call(now(), tokens, spent.granted() ? 202 : 429, spent.remaining()));
        if (!spent.granted()) {
            return new RefreshOutcome.Throttled(quota, error(429));
        }
        accept(body);
        return new RefreshOutcome.Accepted(quota);
    }

    private RefreshLimit.Spent spend(int tokens) {
        return limit.spend(settings.unit() == QuotaUnit.TOKEN ? tokens : 1, now());
    }

    private void accept(String body) {
        Matcher token = TOKEN.matcher(body);
        while (token.find()) {
            String id = token.group(1);
            long version = Long.parseLong(token.group(2));
            Long known = newest.get(id);
            if (known != null && version < known) {
                stale++;
            } else {
                newest.put(id, version);
                acceptedAt.putIfAbsent(id + "/" + version, now());
            }
        }
    }

    private static int count(String body) {
        return (int) TOKEN.matcher(body).results().count();
    }

    private Duration halfOfTheWay() {
        return settings.latency()
                .dividedBy(4)
                .plusMillis(random.nextLong(settings.latency().toMillis() / 2 + 1));
    }

    private Instant now() {
        return time.clock().instant();
    }

    private static ApiError error(int status) {
        return new ApiError(status, null, null, null);
    }

    public List<Call> calls() {
        return calls;
    }

    /** The newest version that was accepted of a token; 0 if none was. */
    public long newest(String tokenId) {
        return newest.getOrDefault(tokenId, 0L);
    }

    /** When this version of a token was accepted first. */
    public Map<String, Instant> acceptedAt() {
        return acceptedAt;
    }

    /** Acceptances of an update older than one that was accepted before it. */
    public long stale() {
        return stale;
    }
}
