package dev.nftrefresh.room;

import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenUpdate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The waiting room in the table: an item for those who entered together, as one write is cheaper than many; several items
 * where one would be too large for DynamoDB.
 */
public final class TableWaitingRoom implements WaitingRoom {
    /** Of each collection: two requests full, as more could not ride at once. */
    private static final int SEATS = 500;
    /** Whoever sits here longer has long been sent by its own message. */
    private static final Duration KEPT = Duration.ofHours(12);

    /** DynamoDB takes 400 KiB, and counts the names of an item and of its attributes too. */
    private static final int MOST_BYTES = 350_000;

    private final Table table;
    private final String copy;
    private final InstantSource clock;
    private long entered;

    /**
     * A room in this table.
     *
     * @param copy a name that no other copy has
     * @param clock the time
     */
    public TableWaitingRoom(Table table, String copy, InstantSource clock) {
        this.table = table;
        this.copy = copy;
        this.clock = clock;
    }

    @Override
    public Seated look(CollectionId collection, Duration atMost) {
        try {
            Instant now = clock.instant();
            var rows = new ArrayList<Row>();
            table.readPartition(partition(collection), atMost).forEach((key, item) -> {
                Instant expires = expires(key.name());
                List<TokenUpdate> updates =
                        now.isBefore(expires) ? Slip.updates(collection, item.content()) : List.of();
                // What cannot be read keeps back nobody behind it.
                if (!updates.isEmpty()) {
                    rows.add(new Row(key, item, expires, updates));
                }
            });
            return new Rows(rows);
        } catch (TableUnavailable _) {
            return Seated.NOBODY; // each update sits in its message too, which comes back
        }
    }

    @Override
    public void enter(List<TokenUpdate> updates, Seated seated, Instant now, Duration atMost) {
        if (updates.isEmpty() || seated.updates().size() + updates.size() > SEATS) {
            return;
        }
        CollectionId collection = updates.getFirst().key().collection();
        table.write(
                Slip.texts(updates, MOST_BYTES).stream()
                        .map(text -> new Write(
                                new Table.Key(partition(collection), now + " " + copy + "/" + number()),
                                null,
                                text,
                                now.plus(KEPT)))
                        .toList(),
                atMost);
    }

    /** What is over does not count, though the table still has it; nor does what nobody here has named. */
    private static Instant expires(String name) {
        try {
            return Instant.parse(name.substring(0, Math.max(0, name.indexOf(' '))))
                    .plus(KEPT);
        } catch (DateTimeException _) {
            return Instant.MIN;
        }
    }

    private synchronized long number() {
        return entered++;
    }

    private static String partition(CollectionId collection) {
        return "room " + collection;
    }

    /** Those who entered together. */
    private record Row(Table.Key key, Item item, Instant expires, List<TokenUpdate> updates) {}

    private final class Rows implements Seated {
        private final List<Row> rows;

        Rows(List<Row> rows) {
            this.rows = rows;
        }

        @Override
        public List<TokenUpdate> updates() {
            return rows.stream().flatMap(row -> row.updates().stream()).toList();
        }

        @Override
        public List<TokenUpdate> take(Vacancy vacancy, Duration atMost) {
            var taken = new ArrayList<TokenUpdate>();
            Vacancy left = vacancy;
            for (Row row : rows) {
                int fitting =
                        left.holds(row.updates().stream().map(TokenUpdate::json).toList());
                if (fitting == 0) {
                    break;
                }
                List<TokenUpdate> leaving = row.updates().subList(0, fitting);
                if (isOurs(row, row.updates().subList(fitting, row.updates().size()), atMost)) {
                    taken.addAll(leaving);
                    left = left.less(leaving.stream().map(TokenUpdate::json).toList());
                }
            }
            return taken;
        }

        /** Whether nobody else took of this row meanwhile; those who stay are written back. */
        private boolean isOurs(Row row, List<TokenUpdate> staying, Duration atMost) {
            @Nullable String rest = staying.isEmpty() ? null : Slip.text(staying);
            Written written = table.write(List.of(new Write(row.key(), row.item(), rest, row.expires())), atMost)
                    .getFirst();
            return written instanceof Written.Done;
        }
    }
}
