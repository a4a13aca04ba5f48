package dev.nftrefresh.operator.status;

import dev.nftrefresh.collection.CollectionRefusal;
import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.operator.LogSearch;
import dev.nftrefresh.operator.ReadableTime;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.update.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the collections that Immutable refuses: the log names them, and the table says what is known of each. */
final class RefusedCollectionSearch {
    private static final String PATTERN =
            "{ $.outcome = \"CollectionNotFound\" || $.outcome = \"Forbidden\" || $.outcome = \"Refused\" }";
    private static final Set<String> OUTCOMES = Set.of("CollectionNotFound", "Forbidden", "Refused");
    /** As many as one read of the table takes. */
    private static final int MOST = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RefusedCollectionSearch() {}

    static List<OperatorConcern> concerns(LogSearch log, SharedTable table, Instant now) {
        List<CollectionId> named = log
                .newest(PATTERN, line -> OUTCOMES.contains(line.text("outcome")), now.minus(StackMetrics.LOOK_BACK))
                .lines()
                .stream()
                .map(line -> line.text("collection"))
                .distinct()
                .flatMap(RefusedCollectionSearch::collection)
                .limit(MOST)
                .toList();
        return new CollectionRefusalStore(table)
                .read(named, PATIENCE).entrySet().stream()
                        .filter(refused -> refused.getValue().isWaiting())
                        .map(refused -> concern(refused, now))
                        .sorted(Comparator.comparing(OperatorConcern::meaning))
                        .toList();
    }

    private static Stream<CollectionId> collection(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Stream.empty()
                : Stream.of(new CollectionId(text.substring(0, slash), text.substring(slash + 1)));
    }

    private static OperatorConcern concern(Map.Entry<CollectionId, CollectionRefusal> refused, Instant now) {
        String collection = refused.getKey().contractAddress();
        CollectionRefusal refusal = refused.getValue();
        String next = "The next try is %s.".formatted(nextTry(refusal, now));
        return switch (refusal.cause()) {
            case NOT_FOUND ->
                new OperatorConcern(
                        "collection-refused",
                        refusal.since(),
                        "Immutable does not know the collection %s (404), so its updates wait, and become dead letters an hour after the first such answer. Register it, or correct the address at the producer. %s"
                                .formatted(collection, next),
                        false);
            case FORBIDDEN ->
                new OperatorConcern(
                        "collection-refused",
                        refusal.since(),
                        "Immutable forbids the collection %s to this key (403), so its updates wait, and become dead letters a day after the first such answer. Let the key's project manage it, or put the right key into the secret. %s"
                                .formatted(collection, next),
                        false);
            case TOKENS ->
                new OperatorConcern(
                        "request-refused",
                        refusal.since(),
                        "Immutable refused every token of the collection %s that went alone (400), so its updates wait. Compare a request with the API's reference. %s"
                                .formatted(collection, next),
                        false);
        };
    }

    private static String nextTry(CollectionRefusal refusal, Instant now) {
        Duration left = refusal.remainingWait(now);
        return left.isZero() ? "due now" : "at " + ReadableTime.future(now.plus(left), now);
    }
}
