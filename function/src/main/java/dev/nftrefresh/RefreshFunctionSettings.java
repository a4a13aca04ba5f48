package dev.nftrefresh;

import dev.nftrefresh.ratelimit.QuotaUnit;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What the stack sets for the function.
 *
 * @param environmentName {@code sandbox} or {@code production} ({@code ENVIRONMENT_NAME})
 * @param chainName the only chain this environment serves ({@code CHAIN_NAME})
 * @param immutableBaseUrl the API's address without a path ({@code IMMUTABLE_BASE_URL})
 * @param apiKeySecretArn the secret that holds the API key ({@code API_KEY_SECRET_ARN})
 * @param refreshQueueUrl where messages come from and remainders go ({@code REFRESH_QUEUE_URL})
 * @param deadLetterQueueUrl where what is rejected goes ({@code DEAD_LETTER_QUEUE_URL})
 * @param queueVisibilityTimeout of the refresh queue ({@code QUEUE_VISIBILITY_TIMEOUT_SECONDS})
 * @param batchingWindow how long an event is gathered ({@code BATCHING_WINDOW_SECONDS})
 * @param maxRequestsPerSecond pace of all copies' requests ({@code MAX_REQUESTS_PER_SECOND}), above 0, decimals allowed
 * @param quotaUnit what the project's quota counts ({@code QUOTA_UNIT}: {@code auto}, {@code request}, {@code token})
 * @param maximumConcurrency how many copies of the function each of the two queues may have at once
 *     ({@code MAXIMUM_CONCURRENCY}, 10 where it is not set)
 * @param tableName what the copies share ({@code TABLE_NAME})
 * @param bulkRefreshQueueUrl where the bulk loader's messages come from and their remainders go
 *     ({@code BULK_REFRESH_QUEUE_URL})
 * @param liveReservePercent of the quota is kept for other messages while those wait ({@code LIVE_RESERVE_PERCENT}, from
 *     0 to 100)
 * @param latestWins whether they share the ledger of updates too ({@code LATEST_WINS}: {@code enabled},
 *     {@code disabled})
 * @param tokenInterval between an acceptance of a token and its next update ({@code TOKEN_INTERVAL_SECONDS}; zero: none)
 * @param ownRoleIds of the roles whose messages are the stack's own ({@code OWN_ROLE_IDS}, separated by commas; none if it
 *     is not set, and then no message's attributes are believed beyond their bounds)
 */
public record RefreshFunctionSettings(
        String environmentName,
        String chainName,
        URI immutableBaseUrl,
        String apiKeySecretArn,
        String refreshQueueUrl,
        String deadLetterQueueUrl,
        Duration queueVisibilityTimeout,
        Duration batchingWindow,
        double maxRequestsPerSecond,
        QuotaUnit quotaUnit,
        String bulkRefreshQueueUrl,
        int liveReservePercent,
        int maximumConcurrency,
        String tableName,
        boolean latestWins,
        Duration tokenInterval,
        Set<String> ownRoleIds) {

    /** The template's default. */
    private static final double DEFAULT_CONCURRENCY = 2;

    /** The template's default, in seconds. */
    private static final double DEFAULT_TOKEN_INTERVAL_SECONDS = 10;

    private static final String PRODUCTION = "production";
    /** Live and bulk messages have a queue each, and each queue its copies. */
    private static final int QUEUES = 2;

    private static final URI PRODUCTION_API = URI.create("https://api.immutable.com");

    /**
     * Settings that make sense together.
     *
     * @throws IllegalArgumentException with one sentence on the variable that does not
     */
    public RefreshFunctionSettings {
        require(Set.of("sandbox", PRODUCTION).contains(environmentName), "ENVIRONMENT_NAME", "sandbox or production");
        String scheme = String.valueOf(immutableBaseUrl.getScheme());
        require(Set.of("https", "http").contains(scheme), "IMMUTABLE_BASE_URL", "an https address");
        if (environmentName.equals(PRODUCTION)) {
            // A production key sent to any other host is a leaked key.
            require(immutableBaseUrl.equals(PRODUCTION_API), "IMMUTABLE_BASE_URL", PRODUCTION_API + " in production");
        }
        require(maxRequestsPerSecond > 0 && maxRequestsPerSecond < 1e6, "MAX_REQUESTS_PER_SECOND", "a number above 0");
        require(liveReservePercent >= 0 && liveReservePercent <= 100, "LIVE_RESERVE_PERCENT", "a number from 0 to 100");
        require(maximumConcurrency > 0, "MAXIMUM_CONCURRENCY", "a number above 0");
        require(queueVisibilityTimeout.isPositive(), "QUEUE_VISIBILITY_TIMEOUT_SECONDS", "a number above 0");
        require(!tokenInterval.isNegative(), "TOKEN_INTERVAL_SECONDS", "0 or a number above it");
        require(!batchingWindow.isNegative(), "BATCHING_WINDOW_SECONDS", "0 or a number above it");
        ownRoleIds = Set.copyOf(ownRoleIds);
    }

    /** How many copies of the function there may be at once. */
    public int copies() {
        return QUEUES * maximumConcurrency;
    }

    /**
     * Reads them.
     *
     * @param environment environment variables by name
     * @throws IllegalArgumentException with one sentence on the variable that is missing or wrong
     */
    public static RefreshFunctionSettings from(Map<String, String> environment) {
        var variables = new EnvironmentVariables(environment);
        return new RefreshFunctionSettings(
                variables.text("ENVIRONMENT_NAME"),
                variables.text("CHAIN_NAME"),
                variables.uri("IMMUTABLE_BASE_URL"),
                variables.text("API_KEY_SECRET_ARN"),
                variables.text("REFRESH_QUEUE_URL"),
                variables.text("DEAD_LETTER_QUEUE_URL"),
                Duration.ofSeconds((long) variables.number("QUEUE_VISIBILITY_TIMEOUT_SECONDS")),
                Duration.ofSeconds((long) variables.number("BATCHING_WINDOW_SECONDS")),
                variables.number("MAX_REQUESTS_PER_SECOND"),
                variables.oneOf("QUOTA_UNIT", QuotaUnit.values()),
                variables.text("BULK_REFRESH_QUEUE_URL"),
                (int) variables.number("LIVE_RESERVE_PERCENT"),
                (int) variables.number("MAXIMUM_CONCURRENCY", DEFAULT_CONCURRENCY),
                variables.text("TABLE_NAME"),
                variables.oneOf("LATEST_WINS", EnabledOrDisabled.values()) == EnabledOrDisabled.ENABLED,
                Duration.ofMillis(
                        Math.round(1000 * variables.number("TOKEN_INTERVAL_SECONDS", DEFAULT_TOKEN_INTERVAL_SECONDS))),
                variables.textsIfSet("OWN_ROLE_IDS"));
    }

    private enum EnabledOrDisabled {
        ENABLED,
        DISABLED
    }

    private static void require(boolean holds, String variable, String expected) {
        if (!holds) {
            throw EnvironmentVariables.wrong(variable, expected);
        }
    }
}
