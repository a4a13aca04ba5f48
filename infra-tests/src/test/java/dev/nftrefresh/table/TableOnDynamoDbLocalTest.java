package dev.nftrefresh.table;

import dev.nftrefresh.infra.DynamoDbLocal;
import dev.nftrefresh.infra.Tables;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(DynamoDbLocal.class)
final class TableOnDynamoDbLocalTest extends TableContract {
    private final DynamoDbClient dynamoDb;

    TableOnDynamoDbLocalTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    protected Table emptyTable() {
        return Tables.empty(dynamoDb);
    }
}
