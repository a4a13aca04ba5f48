package dev.nftrefresh.table;

import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.TableItem;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * How an item looks in DynamoDB: {@code pk} and {@code sk}, {@code rev}, {@code content}, and {@code expires} for its TTL. An
 * item that somebody edited by hand may lack the number or the text: then its revision is 0 or its content empty, which its
 * owner takes for what it cannot read, and may replace.
 */
public final class DynamoDbItemMapper {
    private static final String PARTITION = "pk";
    private static final String NAME = "sk";
    private static final String REVISION = "rev";
    private static final String CONTENT = "content";
    private static final String EXPIRES = "expires";
    private static final String IS_NEW = "attribute_not_exists(pk)";
    private static final String IS_AS_SEEN = "rev = :seen";
    private static final String IS_STILL_WITHOUT_REVISION = "attribute_exists(pk) AND NOT attribute_type(rev, :number)";
    private static final long NO_REVISION = 0;

    private DynamoDbItemMapper() {}

    /** The attributes that an item is found by. */
    public static Map<String, AttributeValue> key(SharedTable.ItemKey key) {
        return Map.of(PARTITION, AttributeValue.fromS(key.partition()), NAME, AttributeValue.fromS(key.name()));
    }

    /** Where this item is. */
    public static SharedTable.ItemKey keyOf(Map<String, AttributeValue> item) {
        return new SharedTable.ItemKey(get(item, PARTITION).s(), get(item, NAME).s());
    }

    /** What is in this item. */
    public static TableItem of(Map<String, AttributeValue> item) {
        AttributeValue revision = item.get(REVISION);
        AttributeValue content = item.get(CONTENT);
        return new TableItem(
                revision == null || revision.n() == null ? NO_REVISION : Long.parseLong(revision.n()),
                content == null || content.s() == null ? "" : content.s());
    }

    static PutItemRequest put(String table, ConditionalWrite write, String content) {
        long revision = write.seen() == null ? 1 : write.seen().revision() + 1;
        var item = new HashMap<>(key(write.key()));
        item.put(REVISION, AttributeValue.fromN(String.valueOf(revision)));
        item.put(CONTENT, AttributeValue.fromS(content));
        if (write.expires() != null) {
            item.put(
                    EXPIRES, AttributeValue.fromN(String.valueOf(write.expires().getEpochSecond())));
        }
        return PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(condition(write.seen()))
                .expressionAttributeValues(values(write.seen()))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    static DeleteItemRequest delete(String table, ConditionalWrite write) {
        return DeleteItemRequest.builder()
                .tableName(table)
                .key(key(write.key()))
                .conditionExpression(condition(write.seen()))
                .expressionAttributeValues(values(write.seen()))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private static String condition(@Nullable TableItem seen) {
        if (seen == null) {
            return IS_NEW;
        }
        return seen.revision() == NO_REVISION ? IS_STILL_WITHOUT_REVISION : IS_AS_SEEN;
    }

    private static @Nullable Map<String, AttributeValue> values(@Nullable TableItem seen) {
        if (seen == null) {
            return null;
        }
        return seen.revision() == NO_REVISION
                ? Map.of(":number", AttributeValue.fromS("N"))
                : Map.of(":seen", AttributeValue.fromN(String.valueOf(seen.revision())));
    }

    private static AttributeValue get(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }
}
