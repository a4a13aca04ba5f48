package dev.nftrefresh.operator;

import dev.nftrefresh.table.DynamoDbItemMapper;
import dev.nftrefresh.table.SharedTable;
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
public final class ReadOnlyTable implements SharedTable {
    private final DynamoDbClient dynamoDb;
    private final String name;

    public ReadOnlyTable(DynamoDbClient dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /** Reads up to 100 items, the most of a call. */
    @Override
    public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
        if (keys.isEmpty()) {
            return ReadResult.of(Map.of());
        }
        var asked = KeysAndAttributes.builder()
                .keys(keys.stream().map(DynamoDbItemMapper::key).toList())
                .consistentRead(true)
                .build();
        var answer = dynamoDb.batchGetItem(get -> get.requestItems(Map.of(name, asked)));
        var found = new HashMap<ItemKey, TableItem>();
        answer.responses()
                .getOrDefault(name, List.of())
                .forEach(item -> found.put(DynamoDbItemMapper.keyOf(item), DynamoDbItemMapper.of(item)));
        KeysAndAttributes unread = answer.unprocessedKeys().get(name);
        return unread == null
                ? ReadResult.of(found)
                : new ReadResult(
                        found,
                        unread.keys().stream().map(DynamoDbItemMapper::keyOf).collect(Collectors.toSet()),
                        "The table %s left items unread; its throughput may be used up.".formatted(name));
    }

    @Override
    public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
        var found = new LinkedHashMap<ItemKey, TableItem>();
        dynamoDb.queryPaginator(query -> query.tableName(name)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :partition")
                        .expressionAttributeValues(Map.of(":partition", AttributeValue.fromS(partition))))
                .items()
                .forEach(item -> found.put(DynamoDbItemMapper.keyOf(item), DynamoDbItemMapper.of(item)));
        return found;
    }

    /** Nothing here writes. */
    @Override
    public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
        throw new UnsupportedOperationException("An operator's command does not write to the table.");
    }
}
