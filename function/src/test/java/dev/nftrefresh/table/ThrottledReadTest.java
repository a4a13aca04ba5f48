package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** DynamoDB leaves keys unprocessed, or refuses a whole call, while its throughput is used up. */
@Timeout(20)
class ThrottledReadTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    /** Which of the requested keys a call answers; the last entry repeats forever. */
    private final Queue<UnaryOperator<List<Map<String, AttributeValue>>>> answers = new ArrayDeque<>();

    private final List<Integer> asked = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final DynamoDbTable table =
            new DynamoDbTable(new ThrottledClient(), "table", new SplittableRandom(1), pauses::add);

    private final class ThrottledClient implements DynamoDbClient {
        @Override
        public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            List<Map<String, AttributeValue>> keys =
                    request.requestItems().values().iterator().next().keys();
            asked.add(keys.size());
            var next = answers.size() > 1 ? answers.remove() : answers.element();
            List<Map<String, AttributeValue>> processed = next.apply(keys);
            var left = keys.stream().filter(key -> !processed.contains(key)).toList();
            return BatchGetItemResponse.builder()
                    .responses(Map.of(
                            "table",
                            processed.stream().map(ThrottledClient::item).toList()))
                    .unprocessedKeys(
                            left.isEmpty()
                                    ? Map.of()
                                    : Map.of(
                                            "table",
                                            KeysAndAttributes.builder()
                                                    .keys(left)
                                                    .build()))
                    .build();
        }

        private static Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
            var item = new HashMap<>(key);
            item.put("rev", AttributeValue.fromN("1"));
            item.put("content", AttributeValue.fromS("text"));
            return item;
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    private static List<SharedTable.ItemKey> keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SharedTable.ItemKey("token " + i, "entry"))
                .toList();
    }

    @Test
    void unprocessedKeysAreRequestedAgainAfterGrowingPauses() {
        answers.addAll(List.of(
                ThrottledReadTest::half, ThrottledReadTest::none, ThrottledReadTest::half, ThrottledReadTest::all));

        SharedTable.ReadResult items = table.read(keys(8), AT_MOST);

        assertThat(items.found()).hasSize(8);
        assertThat(items.unread()).isEmpty();
        assertThat(asked).containsExactly(8, 4, 4, 2);
        assertThat(pauses).hasSize(3);
        for (int i = 0; i < pauses.size(); i++) {
            assertThat(pauses.get(i)).isBetween(Duration.ofMillis(25L << i), Duration.ofMillis(50L << i));
        }
    }

    @Test
    void aCallThatIsThrottledAsAWholeIsRepeatedLikewise() {
        answers.addAll(List.of(ThrottledReadTest::throttled, ThrottledReadTest::throttled, ThrottledReadTest::all));

        assertThat(table.read(keys(3), AT_MOST).found()).hasSize(3);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void onlyAnItemThatFailsToTheEndIsUnread() {
        answers.addAll(List.of(ThrottledReadTest::half, ThrottledReadTest::none));

        SharedTable.ReadResult items = table.read(keys(8), AT_MOST);

        assertThat(items.found()).hasSize(4);
        assertThat(items.unread())
                .hasSize(4)
                .doesNotContainAnyElementsOf(items.found().keySet());
        assertThat(items.reason()).isEqualTo("The table table left 4 items unread; its throughput may be used up.");
        assertThat(asked).hasSize(20);
        assertThat(pauses).hasSize(19).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @Test
    void itemsReadBeforeTheTimeIsOverAreKept() {
        answers.addAll(List.of(ThrottledReadTest::half, ThrottledReadTest::none));
        var patient = new DynamoDbTable(
                new ThrottledClient(), "table", new SplittableRandom(1), _ -> new CountDownLatch(1).await());

        SharedTable.ReadResult items = patient.read(keys(8), Duration.ofMillis(300));

        assertThat(items.found()).hasSize(4);
        assertThat(items.unread()).hasSize(4);
        assertThat(items.reason()).isEqualTo("The table table did not answer in time.");
    }

    @Test
    void anyOtherFailureIsNotRetried() {
        answers.add(ThrottledReadTest::forbidden);

        assertThat(table.read(keys(1), AT_MOST).unread()).hasSize(1);
        assertThat(asked).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aKeyThatIsGivenTwiceIsRequestedOnce() {
        answers.add(ThrottledReadTest::all);

        assertThat(table.read(Collections.nCopies(2, keys(1).getFirst()), AT_MOST)
                        .found())
                .hasSize(1);
        assertThat(asked).containsExactly(1);
    }

    private static List<Map<String, AttributeValue>> all(List<Map<String, AttributeValue>> keys) {
        return keys;
    }

    private static List<Map<String, AttributeValue>> none(List<Map<String, AttributeValue>> keys) {
        return List.of();
    }

    private static List<Map<String, AttributeValue>> half(List<Map<String, AttributeValue>> keys) {
        return keys.subList(0, (keys.size() + 1) / 2);
    }

    private static List<Map<String, AttributeValue>> throttled(List<Map<String, AttributeValue>> keys) {
        throw ProvisionedThroughputExceededException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ProvisionedThroughputExceededException")
                        .build())
                .build();
    }

    private static List<Map<String, AttributeValue>> forbidden(List<Map<String, AttributeValue>> keys) {
        throw DynamoDbException.builder()
                .statusCode(400)
                .message("AccessDenied")
                .build();
    }
}
