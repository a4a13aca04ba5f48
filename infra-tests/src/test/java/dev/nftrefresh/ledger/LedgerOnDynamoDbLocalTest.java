package dev.nftrefresh.ledger;

import dev.nftrefresh.infra.DynamoDbLocal;
import dev.nftrefresh.infra.Tables;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(DynamoDbLocal.class)
final class LedgerOnDynamoDbLocalTest extends TokenLedgerContract {
    private final DynamoDbClient dynamoDb;

    LedgerOnDynamoDbLocalTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    protected TokenLedger freshLedger(Duration tokenInterval) {
        return new TableLedger(Tables.empty(dynamoDb), _ -> {}, Duration.ZERO, tokenInterval, () -> Updates.at(0));
    }
}
