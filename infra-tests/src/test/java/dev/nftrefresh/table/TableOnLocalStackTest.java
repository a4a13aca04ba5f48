package dev.nftrefresh.table;

import dev.nftrefresh.infra.OnLocalStack;
import dev.nftrefresh.infra.Tables;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@OnLocalStack
final class TableOnLocalStackTest extends TableContract {
    private final DynamoDbClient dynamoDb;

    TableOnLocalStackTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    protected Table emptyTable() {
        return Tables.empty(dynamoDb);
    }
}
