package dev.nftrefresh.ratelimit;

import dev.nftrefresh.infra.OnLocalStack;
import dev.nftrefresh.infra.TestTables;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@OnLocalStack
final class RateLimiterOnLocalStackTest extends RateLimiterContract {
    private final DynamoDbClient dynamoDb;

    RateLimiterOnLocalStackTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    protected RateLimiter limiter(double maxRequestsPerSecond) {
        var settings = new RateLimiterSettings(maxRequestsPerSecond, QuotaUnit.AUTO, 20);
        return new TableRateLimiter(TestTables.empty(dynamoDb), settings, "copy");
    }

    /** A thousand took 15 s here. */
    @Override
    protected int many() {
        return 50;
    }
}
