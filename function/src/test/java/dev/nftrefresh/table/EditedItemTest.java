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
    private static final SharedTable.ItemKey WHOLE = new SharedTable.ItemKey("token 1", "entry");
    private static final SharedTable.ItemKey WITHOUT_REVISION = new SharedTable.ItemKey("token 2", "entry");
    private static final SharedTable.ItemKey WITHOUT_CONTENT = new SharedTable.ItemKey("token 3", "entry");
    private static final SharedTable.ItemKey OF_OTHER_TYPES = new SharedTable.ItemKey("token 4", "entry");

    private static final Map<SharedTable.ItemKey, Map<String, AttributeValue>> ATTRIBUTES = Map.of(
            WHOLE, Map.of("rev", AttributeValue.fromN("7"), "content", AttributeValue.fromS("text")),
            WITHOUT_REVISION, Map.of("content", AttributeValue.fromS("text")),
            WITHOUT_CONTENT, Map.of("rev", AttributeValue.fromN("7")),
            OF_OTHER_TYPES, Map.of("rev", AttributeValue.fromS("7"), "content", AttributeValue.fromN("1")));

    private final DynamoDbTable table = new DynamoDbTable(new EditedItemClient(), "table", new SplittableRandom(1));

    private static final class EditedItemClient implements DynamoDbClient {
        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            var items = Objects.requireNonNull(request.requestItems().get("table")).keys().stream()
                    .map(EditedItemClient::item)
                    .toList();
            return BatchGetItemResponse.builder()
                    .responses(Map.of("table", items))
                    .unprocessedKeys(Map.of())
                    .build();
        }

        private static Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
            var item = new HashMap<>(key);
            item.putAll(Objects.requireNonNull(ATTRIBUTES.get(DynamoDbItemMapper.keyOf(key))));
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
    void aMissingAttributeIsRevisionZeroOrAnEmptyText() {
        SharedTable.ReadResult items =
                table.read(List.of(WHOLE, WITHOUT_REVISION, WITHOUT_CONTENT, OF_OTHER_TYPES), AT_MOST);

        assertThat(items.unread()).isEmpty();
        assertThat(items.found())
                .containsEntry(WHOLE, new SharedTable.TableItem(7, "text"))
                .containsEntry(WITHOUT_REVISION, new SharedTable.TableItem(0, "text"))
                .containsEntry(WITHOUT_CONTENT, new SharedTable.TableItem(7, ""))
                .containsEntry(OF_OTHER_TYPES, new SharedTable.TableItem(0, ""));
    }
}
