package dev.nftrefresh.settled;

import dev.nftrefresh.table.Notes;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

/**
 * Which tokens of bulk files are settled, and how. Each pass adds a note of those that it settled before their messages are
 * deleted; nobody changes a note. Whoever counts unites the notes of a file, so a token that is settled again, because
 * something was delivered or sent twice, still counts once.
 */
public final class SettledTokens {
    /** Who counts has the notes of so many elements in memory. */
    private static final int ELEMENTS_A_PARTITION = 1_000_000;
    /** An item takes 400 KB, and a number with its comma 7 bytes at most. */
    private static final int ELEMENTS_A_NOTE = 25_000;
    /** A file is loaded within 14 days, or its notice is gone, and its tokens are settled in 14 days more. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final int ID_BYTES = 16;

    private final Table table;

    /** Notes in this table. */
    public SettledTokens(Table table) {
        this.table = table;
    }

    /**
     * The id of one upload of a file, as its messages carry it.
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
     * Notes how these tokens are settled.
     *
     * @param atMost how long the caller can wait
     * @return whether all of it is in the table for good
     */
    public boolean add(Map<FilePlace, TokenEnd> ends, Instant now, Duration atMost) {
        var byPartition = new TreeMap<String, Map<TokenEnd, BitSet>>();
        ends.forEach((place, end) -> byPartition
                .computeIfAbsent(
                        partition(place.file(), place.element() / ELEMENTS_A_PARTITION),
                        _ -> new EnumMap<>(TokenEnd.class))
                .computeIfAbsent(end, _ -> new BitSet())
                .set((int) (place.element() % ELEMENTS_A_PARTITION)));
        var writes = new ArrayList<Write>();
        byPartition.forEach((partition, byEnd) ->
                byEnd.forEach((end, elements) -> writes.addAll(notes(partition, end, elements, now))));
        return writes.isEmpty()
                || table.write(writes, atMost).stream().noneMatch(written -> written instanceof Written.Failed);
    }

    private static List<Write> notes(String partition, TokenEnd end, BitSet elements, Instant now) {
        List<Long> numbers = elements.stream().mapToObj(Long::valueOf).toList();
        var writes = new ArrayList<Write>();
        for (int from = 0; from < numbers.size(); from += ELEMENTS_A_NOTE) {
            var note = new Notes();
            note.put("end", end.text());
            note.put(
                    "elements",
                    ElementNumbers.text(numbers.subList(from, Math.min(from + ELEMENTS_A_NOTE, numbers.size()))));
            note.put("at", now);
            String content = note.text();
            // Named after its content: whatever stands there already is the same note.
            writes.add(new Write(new Table.Key(partition, hash(content)), null, content, now.plus(REMEMBERED)));
        }
        return writes;
    }

    /**
     * Counts the settled tokens of a file, each once.
     *
     * @param last the number of the last element that counts
     * @param atMost how long each call of the table may take
     */
    public SettledCount count(String file, long last, Duration atMost) throws TableUnavailable {
        SettledCount count = SettledCount.NONE;
        for (long number = 0; number * ELEMENTS_A_PARTITION <= last; number++) {
            Map<Table.Key, Item> notes = table.readPartition(partition(file, number), atMost);
            count = count.plus(count(notes, last - number * ELEMENTS_A_PARTITION));
        }
        return count;
    }

    private static SettledCount count(Map<Table.Key, Item> notes, long last) {
        var byEnd = new EnumMap<TokenEnd, BitSet>(TokenEnd.class);
        for (TokenEnd end : TokenEnd.values()) {
            byEnd.put(end, new BitSet());
        }
        Instant lastAt = Instant.EPOCH;
        for (Item item : notes.values()) {
            var note = Notes.of(item.content());
            TokenEnd end = end(note);
            ElementNumbers.of(Objects.requireNonNullElse(note.text("elements"), ""), ELEMENTS_A_NOTE).stream()
                    .filter(element -> element <= last)
                    .forEach(element -> bits(byEnd, end).set(element.intValue()));
            Instant at = note.instant("at");
            lastAt = at != null && at.isAfter(lastAt) ? at : lastAt;
        }
        bits(byEnd, TokenEnd.DEAD_LETTERED).andNot(bits(byEnd, TokenEnd.ACCEPTED));
        bits(byEnd, TokenEnd.SUPERSEDED).andNot(bits(byEnd, TokenEnd.ACCEPTED));
        bits(byEnd, TokenEnd.SUPERSEDED).andNot(bits(byEnd, TokenEnd.DEAD_LETTERED));
        return new SettledCount(
                bits(byEnd, TokenEnd.ACCEPTED).cardinality(),
                bits(byEnd, TokenEnd.SUPERSEDED).cardinality(),
                bits(byEnd, TokenEnd.DEAD_LETTERED).cardinality(),
                lastAt);
    }

    private static BitSet bits(Map<TokenEnd, BitSet> byEnd, TokenEnd end) {
        return Objects.requireNonNull(byEnd.get(end));
    }

    private static TokenEnd end(Notes note) {
        for (TokenEnd end : TokenEnd.values()) {
            if (end.text().equals(note.text("end"))) {
                return end;
            }
        }
        throw new IllegalArgumentException("A note of settled tokens cannot be read: " + note.text());
    }
}
