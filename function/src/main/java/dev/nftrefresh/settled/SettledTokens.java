package dev.nftrefresh.settled;

import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.SharedTable.WriteResult;
import dev.nftrefresh.table.TableUnavailableException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records which tokens of bulk files are settled, and how. Each pass adds a record of those that it settled before
 * their messages are deleted; a record never changes. A count takes the union of a file's records, so a token that is
 * settled again, because something was delivered or sent twice, still counts once.
 */
public final class SettledTokens {
    /** A count holds the records of so many elements in memory. */
    private static final int ELEMENTS_A_PARTITION = 1_000_000;
    /** An item takes 400 KB, and a number with its comma 7 bytes at most. */
    private static final int ELEMENTS_A_RECORD = 25_000;
    /** A file is loaded within 14 days, or its notification expires, and its tokens are settled within 14 more days. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final int ID_BYTES = 16;

    private final SharedTable table;

    /** The records in this table. */
    public SettledTokens(SharedTable table) {
        this.table = table;
    }

    /**
     * The id of one upload of a file, as its messages hold it.
     *
     * @param identity what no other upload under this key has
     */
    public static String fileId(String bucket, String key, String identity) {
        return hash(bucket + "/" + key + "@" + identity);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static String partition(String file, long number) {
        return "settled " + file + " " + number;
    }

    /**
     * Records how these tokens are settled.
     *
     * @param timeout how long the caller can wait
     * @return whether all of it is durably in the table
     */
    public boolean add(Map<FileTokenPosition, SettledTokenOutcome> ends, Instant now, Duration timeout) {
        var byPartition = new TreeMap<String, Map<SettledTokenOutcome, BitSet>>();
        ends.forEach((place, end) -> byPartition
                .computeIfAbsent(
                        partition(place.file(), place.element() / ELEMENTS_A_PARTITION),
                        _ -> new EnumMap<>(SettledTokenOutcome.class))
                .computeIfAbsent(end, _ -> new BitSet())
                .set((int) (place.element() % ELEMENTS_A_PARTITION)));
        var writes = new ArrayList<ConditionalWrite>();
        byPartition.forEach((partition, byEnd) ->
                byEnd.forEach((end, elements) -> writes.addAll(records(partition, end, elements, now))));
        return writes.isEmpty()
                || table.write(writes, timeout).stream().noneMatch(written -> written instanceof WriteResult.Failed);
    }

    private static List<ConditionalWrite> records(
            String partition, SettledTokenOutcome end, BitSet elements, Instant now) {
        List<Long> numbers = elements.stream().mapToObj(Long::valueOf).toList();
        var writes = new ArrayList<ConditionalWrite>();
        for (int from = 0; from < numbers.size(); from += ELEMENTS_A_RECORD) {
            var entry = new ItemFields();
            entry.put("end", end.text());
            entry.put(
                    "elements",
                    ElementNumbers.text(numbers.subList(from, Math.min(from + ELEMENTS_A_RECORD, numbers.size()))));
            entry.put("at", now);
            String content = entry.text();
            // The key is derived from the content: an existing item is the same record.
            writes.add(new ConditionalWrite(
                    new SharedTable.ItemKey(partition, hash(content)), null, content, now.plus(REMEMBERED)));
        }
        return writes;
    }

    /**
     * Counts the settled tokens of a file, each once.
     *
     * @param last the number of the last element that counts
     * @param timeout how long each call to the table may take
     */
    public SettledCount count(String file, long last, Duration timeout) throws TableUnavailableException {
        SettledCount count = SettledCount.NONE;
        for (long number = 0; number * ELEMENTS_A_PARTITION <= last; number++) {
            Map<SharedTable.ItemKey, TableItem> fields = table.readPartition(partition(file, number), timeout);
            count = count.plus(count(fields, last - number * ELEMENTS_A_PARTITION));
        }
        return count;
    }

    private static SettledCount count(Map<SharedTable.ItemKey, TableItem> fields, long last) {
        var byEnd = new EnumMap<SettledTokenOutcome, BitSet>(SettledTokenOutcome.class);
        for (SettledTokenOutcome end : SettledTokenOutcome.values()) {
            byEnd.put(end, new BitSet());
        }
        Instant lastAt = Instant.EPOCH;
        for (TableItem item : fields.values()) {
            SettledRecord settled = read(item.content());
            if (settled == null) {
                continue; // of a newer version, which was rolled back; once that is there again, it counts them
            }
            settled.elements().stream()
                    .filter(element -> element <= last)
                    .forEach(element -> bits(byEnd, settled.end()).set(element.intValue()));
            lastAt = settled.at().isAfter(lastAt) ? settled.at() : lastAt;
        }
        bits(byEnd, SettledTokenOutcome.DEAD_LETTERED).andNot(bits(byEnd, SettledTokenOutcome.ACCEPTED));
        bits(byEnd, SettledTokenOutcome.SUPERSEDED).andNot(bits(byEnd, SettledTokenOutcome.ACCEPTED));
        bits(byEnd, SettledTokenOutcome.SUPERSEDED).andNot(bits(byEnd, SettledTokenOutcome.DEAD_LETTERED));
        return new SettledCount(
                bits(byEnd, SettledTokenOutcome.ACCEPTED).cardinality(),
                bits(byEnd, SettledTokenOutcome.SUPERSEDED).cardinality(),
                bits(byEnd, SettledTokenOutcome.DEAD_LETTERED).cardinality(),
                lastAt);
    }

    private static BitSet bits(Map<SettledTokenOutcome, BitSet> byEnd, SettledTokenOutcome end) {
        return Objects.requireNonNull(byEnd.get(end));
    }

    /** That these elements of a partition are settled in this way. */
    private record SettledRecord(SettledTokenOutcome end, List<Long> elements, Instant at) {}

    /** Null if it cannot be read. */
    private static @Nullable SettledRecord read(String content) {
        try {
            var fields = ItemFields.of(content);
            SettledTokenOutcome end = SettledTokenOutcome.of(fields.text("end"));
            Instant at = fields.instant("at");
            List<Long> elements =
                    ElementNumbers.of(Objects.requireNonNullElse(fields.text("elements"), ""), ELEMENTS_A_RECORD);
            return end == null || at == null || elements.stream().anyMatch(element -> element >= ELEMENTS_A_PARTITION)
                    ? null
                    : new SettledRecord(end, elements, at);
        } catch (IllegalArgumentException | DateTimeException _) {
            return null;
        }
    }
}
