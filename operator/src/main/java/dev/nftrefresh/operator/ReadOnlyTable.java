package dev.nftrefresh.operator;

import dev.nftrefresh.table.DynamoDbItem;
import dev.nftrefresh.table.Table;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** The stack's table, for few items at once; what cannot be read is an {@link OperatorException}. */
public final class ReadOnlyTable implements Table {
    private final DynamoDbClient dynamoDb;
    private final String name;

    public ReadOnlyTable(DynamoDbClient dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /** Reads up to 100 items, the most of a call. */
    @Override
    public Items read(Collection<Key> keys, Duration atMost) {
        if (keys.isEmpty()) {
            return Items.of(Map.of());
        }
        var asked = KeysAndAttributes.builder()
                .keys(keys.stream().map(DynamoDbItem::key).toList())
                .consistentRead(true)
                .build();
        var answer = dynamoDb.batchGetItem(get -> get.requestItems(Map.of(name, asked)));
        var found = new HashMap<Key, Item>();
        answer.responses()
                .getOrDefault(name, List.of())
                .forEach(item -> found.put(DynamoDbItem.keyOf(item), DynamoDbItem.of(item)));
        KeysAndAttributes unread = answer.unprocessedKeys().get(name);
        return unread == null
                ? Items.of(found)
                : new Items(
                        found,
                        unread.keys().stream().map(DynamoDbItem::keyOf).collect(Collectors.toSet()),
                        "The table %s left items unread; its throughput may be used up.".formatted(name));
    }

    @Override
    public Map<Key, Item> readPartition(String partition, Duration atMost) {
        var found = new LinkedHashMap<Key, Item>();
        dynamoDb.queryPaginator(query -> query.tableName(name)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :partition")
                        .expressionAttributeValues(Map.of(":partition", AttributeValue.fromS(partition))))
                .items()
                .forEach(item -> found.put(DynamoDbItem.keyOf(item), DynamoDbItem.of(item)));
        return found;
    }

    /** Nothing here writes. */
    @Override
    public List<Written> write(List<Write> writes, Duration atMost) {
        throw new UnsupportedOperationException("An operator's command does not write to the table.");
    }
}
