package dev.nftrefresh.pacing;

import dev.nftrefresh.infra.OnLocalStack;
import dev.nftrefresh.infra.Tables;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@OnLocalStack
final class GateOnLocalStackTest extends RefreshGateContract {
    private final DynamoDbClient dynamoDb;

    GateOnLocalStackTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    protected RefreshGate gate(double maxRequestsPerSecond) {
        var settings = new GateSettings(maxRequestsPerSecond, QuotaUnit.AUTO, 20);
        return new TableGate(Tables.empty(dynamoDb), settings, "copy");
    }

    /** A thousand took 15 s here. */
    @Override
    protected int many() {
        return 50;
    }
}
