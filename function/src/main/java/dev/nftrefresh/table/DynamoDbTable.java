package dev.nftrefresh.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** The stack's table in DynamoDB. Reads are strongly consistent; calls that can go at once do. */
public final class DynamoDbTable implements Table {
    /** Of BatchGetItem. */
    private static final int KEYS_A_CALL = 100;
    /** BatchGetItem may leave keys out, when they are large or throttled; each call leaves fewer. */
    private static final int CALLS_FOR_KEYS = 5;
    /** Each costs a connection, and 250 claims in 8 rounds of 5 ms take no longer than a call of the API. */
    private static final int AT_ONCE = 32;
    /** DynamoDB answers in milliseconds, but the first call of a copy loads classes and opens a connection. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(6);

    private final DynamoDbClient dynamoDb;
    private final String name;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore calls = new Semaphore(AT_ONCE);

    /** The table of this name. */
    public DynamoDbTable(DynamoDbClient dynamoDb, String name) {
        this.dynamoDb = dynamoDb;
        this.name = name;
    }

    /** The table of this name, with the credentials, region and endpoint of the environment. */
    public static DynamoDbTable named(String name, SdkHttpClient http) {
        DynamoDbClient client = DynamoDbClient.builder()
                .httpClient(http)
                .overrideConfiguration(
                        config -> config.apiCallAttemptTimeout(ATTEMPT_TIMEOUT).apiCallTimeout(CALL_TIMEOUT))
                .build();
        return new DynamoDbTable(client, name);
    }

    @Override
    public Map<Key, Item> read(Collection<Key> keys) throws TableUnavailable {
        var all = List.copyOf(keys);
        var tasks = new ArrayList<Callable<Map<Key, Item>>>();
        for (int from = 0; from < all.size(); from += KEYS_A_CALL) {
            List<Key> some = all.subList(from, Math.min(from + KEYS_A_CALL, all.size()));
            tasks.add(() -> readSome(some));
        }
        Map<Key, Item> found = HashMap.newHashMap(all.size());
        for (Map<Key, Item> some : atOnce(tasks)) {
            found.putAll(some);
        }
        return found;
    }

    private Map<Key, Item> readSome(List<Key> keys) throws TableUnavailable {
        var found = new HashMap<Key, Item>();
        List<Map<String, AttributeValue>> left =
                keys.stream().map(DynamoDbItem::key).toList();
        for (int call = 0; call < CALLS_FOR_KEYS && !left.isEmpty(); call++) {
            var asked =
                    KeysAndAttributes.builder().keys(left).consistentRead(true).build();
            var answer = dynamoDb.batchGetItem(get -> get.requestItems(Map.of(name, asked)));
            answer.responses()
                    .getOrDefault(name, List.of())
                    .forEach(item -> found.put(DynamoDbItem.keyOf(item), DynamoDbItem.of(item)));
            KeysAndAttributes unprocessed = answer.unprocessedKeys().get(name);
            left = unprocessed == null ? List.of() : unprocessed.keys();
        }
        if (!left.isEmpty()) {
            throw new TableUnavailable(
                    "The table " + name + " left " + left.size() + " items unread; its throughput may be used up.",
                    new IllegalStateException("UnprocessedKeys"));
        }
        return found;
    }

    @Override
    public Map<Key, Item> readPartition(String partition) throws TableUnavailable {
        try {
            var found = new LinkedHashMap<Key, Item>();
            dynamoDb.queryPaginator(query -> query.tableName(name)
                            .consistentRead(true)
                            .keyConditionExpression("pk = :partition")
                            .expressionAttributeValues(Map.of(":partition", AttributeValue.fromS(partition))))
                    .items()
                    .forEach(item -> found.put(DynamoDbItem.keyOf(item), DynamoDbItem.of(item)));
            return found;
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<Written> write(List<Write> writes) {
        List<Callable<Written>> tasks = writes.stream()
                .<Callable<Written>>map(write -> () -> write(write))
                .toList();
        try {
            return atOnce(tasks);
        } catch (TableUnavailable e) {
            return writes.stream()
                    .<Written>map(_ -> new Written.Failed(String.valueOf(e.getMessage())))
                    .toList();
        }
    }

    private Written write(Write write) {
        try {
            if (write.content() == null) {
                dynamoDb.deleteItem(DynamoDbItem.delete(name, write));
            } else {
                dynamoDb.putItem(DynamoDbItem.put(name, write, write.content()));
            }
            return new Written.Done();
        } catch (ConditionalCheckFailedException e) {
            return new Written.Conflict(e.hasItem() && !e.item().isEmpty() ? DynamoDbItem.of(e.item()) : null);
        } catch (SdkException e) {
            return new Written.Failed(String.valueOf(unavailable(e).getMessage()));
        }
    }

    /** Runs them beside each other, and gives back their results in order. */
    private <T> List<T> atOnce(List<Callable<T>> tasks) throws TableUnavailable {
        if (tasks.size() == 1) {
            return List.of(result(tasks.getFirst()));
        }
        var results = new ArrayList<T>(tasks.size());
        try {
            for (Future<T> task : threads.invokeAll(
                    tasks.stream().<Callable<T>>map(task -> () -> bounded(task)).toList())) {
                results.add(task.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private <T> T result(Callable<T> task) throws TableUnavailable {
        try {
            return task.call();
        } catch (Exception e) {
            throw unavailable(e);
        }
    }

    private <T> T bounded(Callable<T> task) throws Exception {
        calls.acquire();
        try {
            return task.call();
        } finally {
            calls.release();
        }
    }

    private TableUnavailable unavailable(Throwable e) {
        if (e instanceof TableUnavailable already) {
            return already;
        }
        String error = e.getClass().getSimpleName();
        return new TableUnavailable("The table " + name + " did not answer as it should (" + error + ").", e);
    }
}
