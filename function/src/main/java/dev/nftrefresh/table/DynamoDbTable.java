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
 * The stack's table in DynamoDB. Reads are strongly consistent; calls that can go at once do. None takes longer than
 * its caller can wait: what has no answer by then is given up.
 */
public final class DynamoDbTable implements SharedTable {
    /** Of BatchGetItem. */
    private static final int KEYS_A_CALL = 100;
    /** Each costs a connection, and 250 claims in 8 rounds of 5 ms take no longer than a call of the API. */
    private static final int MAX_CONCURRENT_CALLS = 32;
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
    private final BackoffSleep pause;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore calls = new Semaphore(MAX_CONCURRENT_CALLS);

    /**
     * The table of this name.
     *
     * @param random for jitter
     */
    public DynamoDbTable(DynamoDbClient dynamoDb, String name, RandomGenerator random) {
        this(dynamoDb, name, random, time -> new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    DynamoDbTable(DynamoDbClient dynamoDb, String name, RandomGenerator random, BackoffSleep pause) {
        this.dynamoDb = dynamoDb;
        this.name = name;
        this.random = random;
        this.pause = pause;
    }

    /** Lets time pass on the calling thread, before a throttled table is asked again. */
    @FunctionalInterface
    interface BackoffSleep {
        void of(Duration time) throws InterruptedException;
    }

    @Override
    public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
        // BatchGetItem refuses a duplicate key.
        var all = List.copyOf(new LinkedHashSet<>(keys));
        var reads = new ArrayList<DynamoDbBatchRead>();
        for (int from = 0; from < all.size(); from += KEYS_A_CALL) {
            reads.add(new DynamoDbBatchRead(all.subList(from, Math.min(from + KEYS_A_CALL, all.size())), timeout));
        }
        String reason = "";
        try {
            for (Future<DynamoDbBatchRead> read : atOnce(reads, timeout)) {
                result(read);
            }
        } catch (TableUnavailableException e) {
            reason = String.valueOf(e.getMessage());
        }
        Map<ItemKey, TableItem> found = HashMap.newHashMap(all.size());
        var unread = new HashSet<ItemKey>();
        for (DynamoDbBatchRead read : reads) {
            unread.addAll(read.unread(found));
        }
        return new ReadResult(found, unread, unread.isEmpty() ? "" : reason);
    }

    /** A BatchGetItem, and what it leaves out again: keys may be many, large or throttled. */
    private final class DynamoDbBatchRead implements Callable<DynamoDbBatchRead> {
        private final Duration atMost;
        private final Map<ItemKey, TableItem> found = new HashMap<>();
        private Set<ItemKey> left;

        DynamoDbBatchRead(Collection<ItemKey> keys, Duration timeout) {
            this.left = Set.copyOf(keys);
            this.atMost = timeout;
        }

        /** Adds what was found, and says what is not known. */
        synchronized Set<ItemKey> unread(Map<ItemKey, TableItem> all) {
            all.putAll(found);
            return left;
        }

        @Override
        public DynamoDbBatchRead call() throws TableUnavailableException, InterruptedException {
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
            throw new TableUnavailableException(
                    "The table %s left %d items unread; its throughput may be used up.".formatted(name, left.size()),
                    null);
        }

        private boolean isAllRead() throws TableUnavailableException {
            var asked = KeysAndAttributes.builder()
                    .keys(left.stream().map(DynamoDbItemMapper::key).toList())
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
                    .forEach(item -> found.put(DynamoDbItemMapper.keyOf(item), DynamoDbItemMapper.of(item)));
            KeysAndAttributes unprocessed = answer.unprocessedKeys().get(name);
            left = unprocessed == null
                    ? Set.of()
                    : unprocessed.keys().stream().map(DynamoDbItemMapper::keyOf).collect(Collectors.toSet());
            return left.isEmpty();
        }
    }

    @Override
    public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) throws TableUnavailableException {
        Callable<Map<ItemKey, TableItem>> query = () -> {
            var found = new LinkedHashMap<ItemKey, TableItem>();
            dynamoDb.queryPaginator(all -> all.tableName(name)
                            .consistentRead(true)
                            .keyConditionExpression("pk = :partition")
                            .expressionAttributeValues(Map.of(":partition", AttributeValue.fromS(partition)))
                            .overrideConfiguration(within(timeout)))
                    .items()
                    .forEach(item -> found.put(DynamoDbItemMapper.keyOf(item), DynamoDbItemMapper.of(item)));
            return found;
        };
        return result(atOnce(List.of(query), timeout).getFirst());
    }

    @Override
    public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
        try {
            List<Future<WriteResult>> tasks = atOnce(
                    writes.stream()
                            .<Callable<WriteResult>>map(write -> () -> write(write, within(timeout)))
                            .toList(),
                    timeout);
            return tasks.stream().map(this::written).toList();
        } catch (TableUnavailableException e) {
            return writes.stream().<WriteResult>map(_ -> failed(e)).toList();
        }
    }

    private WriteResult written(Future<WriteResult> write) {
        try {
            return result(write);
        } catch (TableUnavailableException e) {
            return failed(e);
        }
    }

    private static WriteResult failed(TableUnavailableException e) {
        return new WriteResult.Failed(String.valueOf(e.getMessage()));
    }

    private WriteResult write(ConditionalWrite write, AwsRequestOverrideConfiguration timeouts) {
        try {
            if (write.content() == null) {
                dynamoDb.deleteItem(DynamoDbItemMapper.delete(name, write).toBuilder()
                        .overrideConfiguration(timeouts)
                        .build());
            } else {
                dynamoDb.putItem(DynamoDbItemMapper.put(name, write, write.content()).toBuilder()
                        .overrideConfiguration(timeouts)
                        .build());
            }
            return new WriteResult.Succeeded();
        } catch (ConditionalCheckFailedException e) {
            return new WriteResult.Conflict(
                    e.hasItem() && !e.item().isEmpty() ? DynamoDbItemMapper.of(e.item()) : null);
        } catch (SdkException e) {
            return failed(unavailable(e));
        }
    }

    /** Runs them in parallel, and abandons those that take too long. */
    private <T> List<Future<T>> atOnce(List<? extends Callable<T>> tasks, Duration timeout)
            throws TableUnavailableException {
        try {
            return threads.invokeAll(
                    tasks.stream().<Callable<T>>map(task -> () -> bounded(task)).toList(),
                    Math.max(0, timeout.toMillis()),
                    TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private <T> T result(Future<T> ended) throws TableUnavailableException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            throw new TableUnavailableException("The table %s did not answer in time.".formatted(name), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    /** An abandoned call ends too. */
    private static AwsRequestOverrideConfiguration within(Duration timeout) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(shorter(timeout, ATTEMPT_TIMEOUT))
                .apiCallTimeout(shorter(timeout, CALL_TIMEOUT))
                .build();
    }

    /** The SDK takes no zero. */
    private static Duration shorter(Duration timeout, Duration most) {
        Duration least = Duration.ofMillis(1);
        Duration positive = timeout.compareTo(least) < 0 ? least : timeout;
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

    private TableUnavailableException unavailable(Throwable e) {
        if (e instanceof TableUnavailableException already) {
            return already;
        }
        return new TableUnavailableException(
                "The table %s did not answer as expected: %s (%s)"
                        .formatted(name, e.getMessage(), e.getClass().getSimpleName()),
                e);
    }
}
