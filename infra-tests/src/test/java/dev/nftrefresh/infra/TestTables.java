package dev.nftrefresh.infra;

import dev.nftrefresh.table.DynamoDbTable;
import dev.nftrefresh.table.SharedTable;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Makes tables with the keys that the template gives them, each for one test. */
public final class TestTables {
    private static final AtomicInteger MADE = new AtomicInteger();

    private TestTables() {}

    /** A new one without items. */
    public static SharedTable empty(DynamoDbClient dynamoDb) {
        return new DynamoDbTable(dynamoDb, create(dynamoDb), new SplittableRandom());
    }

    /** Makes one; returns its name. */
    public static String create(DynamoDbClient dynamoDb) {
        String name = "table-" + MADE.incrementAndGet();
        dynamoDb.createTable(create -> create.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("pk"), text("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
        dynamoDb.waiter().waitUntilTableExists(describe -> describe.tableName(name));
        return name;
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
