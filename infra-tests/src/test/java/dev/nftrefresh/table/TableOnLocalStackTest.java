package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.infra.OnLocalStack;
import dev.nftrefresh.infra.TestTables;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@OnLocalStack
final class TableOnLocalStackTest extends SharedTableContract {
    private final DynamoDbClient dynamoDb;

    TableOnLocalStackTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    protected SharedTable emptyTable() {
        return TestTables.empty(dynamoDb);
    }

    /**
     * Otherwise such an item would be a conflict forever, and the rate limiter's unreadable one could never be
     * replaced.
     */
    @Test
    void anItemWithoutARevisionIsReplacedOnce() {
        String name = TestTables.create(dynamoDb);
        var table = new DynamoDbTable(dynamoDb, name, new SplittableRandom());
        var key = new SharedTable.ItemKey("token 1", "entry");
        dynamoDb.putItem(put -> put.tableName(name)
                .item(Map.of("pk", AttributeValue.fromS("token 1"), "sk", AttributeValue.fromS("entry"))));
        SharedTable.TableItem seen = table.read(List.of(key), AT_MOST).found().get(key);
        assertThat(seen).isEqualTo(new SharedTable.TableItem(0, ""));

        var write = List.of(new SharedTable.ConditionalWrite(key, seen, "text", null));
        assertThat(table.write(write, AT_MOST)).containsExactly(new SharedTable.WriteResult.Succeeded());
        assertThat(table.write(write, AT_MOST))
                .containsExactly(new SharedTable.WriteResult.Conflict(new SharedTable.TableItem(1, "text")));
    }
}
