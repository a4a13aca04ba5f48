package dev.nftrefresh.pacing;

import dev.nftrefresh.infra.DynamoDbLocal;
import dev.nftrefresh.infra.Tables;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(DynamoDbLocal.class)
final class GateOnDynamoDbLocalTest extends RefreshGateContract {
    private final DynamoDbClient dynamoDb;

    GateOnDynamoDbLocalTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    protected RefreshGate gate(double maxRequestsPerSecond) {
        var settings = new GateSettings(maxRequestsPerSecond, QuotaUnit.AUTO, 20);
        return new TableGate(Tables.empty(dynamoDb), settings, "copy");
    }
}
