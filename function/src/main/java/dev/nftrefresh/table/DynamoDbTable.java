package dev.nftrefresh.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    /** For all calls of one write or read together: were each of 8 rounds to time out, a pass would run out of its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final DynamoDbClient dynamoDb;
    private final String name;
    private final Duration patience;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore calls = new Semaphore(AT_ONCE);

    /** The table of this name. */
    public DynamoDbTable(DynamoDbClient dynamoDb, String name) {
        this(dynamoDb, name, PATIENCE);
    }

    DynamoDbTable(DynamoDbClient dynamoDb, String name, Duration patience) {
        this.dynamoDb = dynamoDb;
        this.name = name;
        this.patience = patience;
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
    public Items read(Collection<Key> keys, Duration atMost) {
        // BatchGetItem refuses a key that stands there twice.
        var all = List.copyOf(new LinkedHashSet<>(keys));
        var parts = new ArrayList<List<Key>>();
        for (int from = 0; from < all.size(); from += KEYS_A_CALL) {
            parts.add(all.subList(from, Math.min(from + KEYS_A_CALL, all.size())));
        }
        Map<Key, Item> found = HashMap.newHashMap(all.size());
        var unread = new HashSet<Key>();
        String reason = "";
        var answers = readParts(parts, atMost);
        for (int i = 0; i < parts.size(); i++) {
            Items items = answers.get(i);
            found.putAll(items.found());
            unread.addAll(items.unread());
            reason = items.reason().isEmpty() ? reason : items.reason();
        }
        return new Items(found, unread, reason);
    }

    private List<Items> readParts(List<List<Key>> parts, Duration atMost) {
        try {
            List<Future<Items>> answers = atOnce(
                    parts.stream()
                            .<Callable<Items>>map(part -> () -> readPart(part))
                            .toList(),
                    atMost);
            return IntStream.range(0, parts.size())
                    .mapToObj(i -> read(parts.get(i), answers.get(i)))
                    .toList();
        } catch (TableUnavailable e) {
            return parts.stream()
                    .map(part -> Items.unread(part, String.valueOf(e.getMessage())))
                    .toList();
        }
    }

    private Items read(List<Key> part, Future<Items> answer) {
        try {
            return result(answer);
        } catch (TableUnavailable e) {
            return Items.unread(part, String.valueOf(e.getMessage()));
        }
    }

    private Items readPart(List<Key> keys) {
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
        Set<Key> unread = left.stream().map(DynamoDbItem::keyOf).collect(Collectors.toSet());
        return new Items(
                found,
                unread,
                unread.isEmpty()
                        ? ""
                        : "The table " + name + " left " + unread.size()
                                + " items unread; its throughput may be used up.");
    }

    @Override
    public Map<Key, Item> readPartition(String partition, Duration atMost) throws TableUnavailable {
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
    public List<Written> write(List<Write> writes, Duration atMost) {
        try {
            List<Future<Written>> tasks = atOnce(
                    writes.stream()
                            .<Callable<Written>>map(write -> () -> write(write))
                            .toList(),
                    atMost);
            return tasks.stream().map(this::written).toList();
        } catch (TableUnavailable e) {
            return writes.stream().<Written>map(_ -> failed(e)).toList();
        }
    }

    private Written written(Future<Written> write) {
        try {
            return result(write);
        } catch (TableUnavailable e) {
            return failed(e);
        }
    }

    private static Written failed(TableUnavailable e) {
        return new Written.Failed(String.valueOf(e.getMessage()));
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
            return failed(unavailable(e));
        }
    }

    /** Runs them beside each other, and gives up those that take too long. */
    private <T> List<Future<T>> atOnce(List<Callable<T>> tasks, Duration atMost) throws TableUnavailable {
        try {
            return threads.invokeAll(
                    tasks.stream().<Callable<T>>map(task -> () -> bounded(task)).toList(),
                    Math.min(patience.toMillis(), Math.max(0, atMost.toMillis())),
                    TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private <T> T result(Future<T> ended) throws TableUnavailable {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        return new TableUnavailable(
                "The table %s did not answer as it should: %s (%s)"
                        .formatted(name, e.getMessage(), e.getClass().getSimpleName()),
                e);
    }
}
