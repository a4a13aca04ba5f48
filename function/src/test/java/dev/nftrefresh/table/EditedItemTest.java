package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/** Somebody edited an item by hand and took an attribute away: the others of the same call are read all the same. */
class EditedItemTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Table.Key WHOLE = new Table.Key("token 1", "entry");
    private static final Table.Key WITHOUT_REVISION = new Table.Key("token 2", "entry");
    private static final Table.Key WITHOUT_CONTENT = new Table.Key("token 3", "entry");
    private static final Table.Key OF_OTHER_TYPES = new Table.Key("token 4", "entry");

    private static final Map<Table.Key, Map<String, AttributeValue>> ATTRIBUTES = Map.of(
            WHOLE, Map.of("rev", AttributeValue.fromN("7"), "content", AttributeValue.fromS("text")),
            WITHOUT_REVISION, Map.of("content", AttributeValue.fromS("text")),
            WITHOUT_CONTENT, Map.of("rev", AttributeValue.fromN("7")),
            OF_OTHER_TYPES, Map.of("rev", AttributeValue.fromS("7"), "content", AttributeValue.fromN("1")));

    private final DynamoDbTable table = new DynamoDbTable(new Edited(), "table", new SplittableRandom(1));

    private static final class Edited implements DynamoDbClient {
        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            var items = Objects.requireNonNull(request.requestItems().get("table")).keys().stream()
                    .map(Edited::item)
                    .toList();
            return BatchGetItemResponse.builder()
                    .responses(Map.of("table", items))
                    .unprocessedKeys(Map.of())
                    .build();
        }

        private static Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
            var item = new HashMap<>(key);
            item.putAll(Objects.requireNonNull(ATTRIBUTES.get(DynamoDbItem.keyOf(key))));
            return item;
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    @Test
    void whatIsMissingIsRevisionZeroOrAnEmptyText() {
        Table.Items items = table.read(List.of(WHOLE, WITHOUT_REVISION, WITHOUT_CONTENT, OF_OTHER_TYPES), AT_MOST);

        assertThat(items.unread()).isEmpty();
        assertThat(items.found())
                .containsEntry(WHOLE, new Table.Item(7, "text"))
                .containsEntry(WITHOUT_REVISION, new Table.Item(0, "text"))
                .containsEntry(WITHOUT_CONTENT, new Table.Item(7, ""))
                .containsEntry(OF_OTHER_TYPES, new Table.Item(0, ""));
    }
}
