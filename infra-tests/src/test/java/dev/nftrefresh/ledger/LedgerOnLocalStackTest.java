package dev.nftrefresh.ledger;

import dev.nftrefresh.infra.OnLocalStack;
import dev.nftrefresh.infra.TestTables;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@OnLocalStack
final class LedgerOnLocalStackTest extends TokenLedgerContract {
    private final DynamoDbClient dynamoDb;

    LedgerOnLocalStackTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    protected TokenLedger freshLedger(Duration tokenInterval) {
        return new TableTokenLedger(
                TestTables.empty(dynamoDb), _ -> {}, Duration.ZERO, tokenInterval, () -> LedgerUpdates.at(0));
    }
}
