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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * The stack's table in DynamoDB. Reads are strongly consistent; calls that can go at once do. None takes longer than its
 * caller can wait: what has no answer by then is given up.
 */
public final class DynamoDbTable implements Table {
    /** Of BatchGetItem. */
    private static final int KEYS_A_CALL = 100;
    /** Each costs a connection, and 250 claims in 8 rounds of 5 ms take no longer than a call of the API. */
    private static final int AT_ONCE = 32;
    /** DynamoDB answers in milliseconds, but the first call of a copy loads classes and opens a connection. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(6);

    /** With the longest pauses these take some 15 seconds; no caller waits so long. */
    private static final int CALLS_FOR_KEYS = 20;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final DynamoDbClient dynamoDb;
    private final String name;
    private final RandomGenerator random;
    private final Pause pause;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore calls = new Semaphore(AT_ONCE);

    /**
     * The table of this name.
     *
     * @param random for jitter
     */
    public DynamoDbTable(DynamoDbClient dynamoDb, String name, RandomGenerator random) {
        this(dynamoDb, name, random, time -> new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    DynamoDbTable(DynamoDbClient dynamoDb, String name, RandomGenerator random, Pause pause) {
        this.dynamoDb = dynamoDb;
        this.name = name;
        this.random = random;
        this.pause = pause;
    }

    /** Lets time pass on the calling thread, before a throttled table is asked again. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    @Override
    public Items read(Collection<Key> keys, Duration atMost) {
        // BatchGetItem refuses a key that stands there twice.
        var all = List.copyOf(new LinkedHashSet<>(keys));
        var reads = new ArrayList<DynamoDbBatchRead>();
        for (int from = 0; from < all.size(); from += KEYS_A_CALL) {
            reads.add(new DynamoDbBatchRead(all.subList(from, Math.min(from + KEYS_A_CALL, all.size())), atMost));
        }
        String reason = "";
        try {
            for (Future<DynamoDbBatchRead> read : atOnce(reads, atMost)) {
                result(read);
            }
        } catch (TableUnavailable e) {
            reason = String.valueOf(e.getMessage());
        }
        Map<Key, Item> found = HashMap.newHashMap(all.size());
        var unread = new HashSet<Key>();
        for (DynamoDbBatchRead read : reads) {
            unread.addAll(read.unread(found));
        }
        return new Items(found, unread, unread.isEmpty() ? "" : reason);
    }

    /** A BatchGetItem, and what it leaves out again: keys may be many, large or throttled. */
    private final class DynamoDbBatchRead implements Callable<DynamoDbBatchRead> {
        private final Duration atMost;
        private final Map<Key, Item> found = new HashMap<>();
        private Set<Key> left;

        DynamoDbBatchRead(Collection<Key> keys, Duration atMost) {
            this.left = Set.copyOf(keys);
            this.atMost = atMost;
        }

        /** Adds what was found, and says what is not known. */
        synchronized Set<Key> unread(Map<Key, Item> all) {
            all.putAll(found);
            return left;
        }

        @Override
        public DynamoDbBatchRead call() throws TableUnavailable, InterruptedException {
            Duration longest = FIRST_PAUSE;
            for (int call = 0; call < CALLS_FOR_KEYS; call++) {
                if (call > 0) {
                    pause.of(longest.dividedBy(2).plusMillis(random.nextLong(longest.toMillis() / 2 + 1)));
                    longest = longest.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                            ? longest.multipliedBy(2)
                            : LONGEST_PAUSE;
                }
                if (isAllRead()) {
                    return this;
                }
            }
            throw new TableUnavailable(
                    "The table %s left %d items unread; its throughput may be used up.".formatted(name, left.size()),
                    null);
        }

        private boolean isAllRead() throws TableUnavailable {
            var asked = KeysAndAttributes.builder()
                    .keys(left.stream().map(DynamoDbItem::key).toList())
                    .consistentRead(true)
                    .build();
            try {
                return isAllIn(dynamoDb.batchGetItem(
                        get -> get.requestItems(Map.of(name, asked)).overrideConfiguration(within(atMost))));
            } catch (SdkServiceException e) {
                if (e.isThrottlingException()) {
                    return false;
                }
                throw unavailable(e);
            }
        }

        private synchronized boolean isAllIn(BatchGetItemResponse answer) {
            answer.responses()
                    .getOrDefault(name, List.of())
                    .forEach(item -> found.put(DynamoDbItem.keyOf(item), DynamoDbItem.of(item)));
            KeysAndAttributes unprocessed = answer.unprocessedKeys().get(name);
            left = unprocessed == null
                    ? Set.of()
                    : unprocessed.keys().stream().map(DynamoDbItem::keyOf).collect(Collectors.toSet());
            return left.isEmpty();
        }
    }

    @Override
    public Map<Key, Item> readPartition(String partition, Duration atMost) throws TableUnavailable {
        Callable<Map<Key, Item>> query = () -> {
            var found = new LinkedHashMap<Key, Item>();
            dynamoDb.queryPaginator(all -> all.tableName(name)
                            .consistentRead(true)
                            .keyConditionExpression("pk = :partition")
                            .expressionAttributeValues(Map.of(":partition", AttributeValue.fromS(partition)))
                            .overrideConfiguration(within(atMost)))
                    .items()
                    .forEach(item -> found.put(DynamoDbItem.keyOf(item), DynamoDbItem.of(item)));
            return found;
        };
        return result(atOnce(List.of(query), atMost).getFirst());
    }

    @Override
    public List<Written> write(List<Write> writes, Duration atMost) {
        try {
            List<Future<Written>> tasks = atOnce(
                    writes.stream()
                            .<Callable<Written>>map(write -> () -> write(write, within(atMost)))
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

    private Written write(Write write, AwsRequestOverrideConfiguration timeouts) {
        try {
            if (write.content() == null) {
                dynamoDb.deleteItem(DynamoDbItem.delete(name, write).toBuilder()
                        .overrideConfiguration(timeouts)
                        .build());
            } else {
                dynamoDb.putItem(DynamoDbItem.put(name, write, write.content()).toBuilder()
                        .overrideConfiguration(timeouts)
                        .build());
            }
            return new Written.Done();
        } catch (ConditionalCheckFailedException e) {
            return new Written.Conflict(e.hasItem() && !e.item().isEmpty() ? DynamoDbItem.of(e.item()) : null);
        } catch (SdkException e) {
            return failed(unavailable(e));
        }
    }

    /** Runs them beside each other, and gives up those that take too long. */
    private <T> List<Future<T>> atOnce(List<? extends Callable<T>> tasks, Duration atMost) throws TableUnavailable {
        try {
            return threads.invokeAll(
                    tasks.stream().<Callable<T>>map(task -> () -> bounded(task)).toList(),
                    Math.max(0, atMost.toMillis()),
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
            throw new TableUnavailable("The table %s did not answer in time.".formatted(name), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    /** A call that nobody waits for any more ends too. */
    private static AwsRequestOverrideConfiguration within(Duration atMost) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(shorter(atMost, ATTEMPT_TIMEOUT))
                .apiCallTimeout(shorter(atMost, CALL_TIMEOUT))
                .build();
    }

    /** The SDK takes no zero. */
    private static Duration shorter(Duration atMost, Duration most) {
        Duration least = Duration.ofMillis(1);
        Duration positive = atMost.compareTo(least) < 0 ? least : atMost;
        return positive.compareTo(most) < 0 ? positive : most;
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
                "The table %s did not answer as expected: %s (%s)"
                        .formatted(name, e.getMessage(), e.getClass().getSimpleName()),
                e);
    }
}
