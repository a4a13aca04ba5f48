package dev.nftrefresh.room;

import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The waiting room in the table: an item for those who entered together, as one write is cheaper than many. */
public final class TableWaitingRoom implements WaitingRoom {
    /** Of each collection: two requests full, as more could not ride at once. */
    private static final int SEATS = 500;
    /** Whoever sits here longer has long been sent by its own message. */
    private static final Duration KEPT = Duration.ofHours(12);

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Table table;
    private final String copy;
    private long entered;

    /**
     * A room in this table.
     *
     * @param copy a name that no other copy has
     */
    public TableWaitingRoom(Table table, String copy) {
        this.table = table;
        this.copy = copy;
    }

    @Override
    public Seated look(CollectionId collection) {
        try {
            var rows = new ArrayList<Row>();
            table.readPartition(partition(collection), PATIENCE)
                    .forEach((key, item) -> rows.add(new Row(key, item, Slip.updates(collection, item.content()))));
            return new Rows(rows);
        } catch (TableUnavailable _) {
            return Seated.NOBODY; // each update sits in its message too, which comes back
        }
    }

    @Override
    public void enter(List<TokenUpdate> updates, Seated seated, Instant now) {
        if (updates.isEmpty() || seated.updates().size() + updates.size() > SEATS) {
            return;
        }
        CollectionId collection = updates.getFirst().key().collection();
        var key = new Table.Key(partition(collection), now + " " + copy + "/" + number());
        table.write(List.of(new Write(key, null, Slip.text(updates), now.plus(KEPT))), PATIENCE);
    }

    private synchronized long number() {
        return entered++;
    }

    private static String partition(CollectionId collection) {
        return "room " + collection;
    }

    /** Those who entered together. */
    private record Row(Table.Key key, Item item, List<TokenUpdate> updates) {}

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
        public List<TokenUpdate> take(Vacancy vacancy) {
            var taken = new ArrayList<TokenUpdate>();
            Vacancy left = vacancy;
            for (Row row : rows) {
                int fitting =
                        left.holds(row.updates().stream().map(TokenUpdate::json).toList());
                if (fitting == 0) {
                    break;
                }
                List<TokenUpdate> leaving = row.updates().subList(0, fitting);
                if (isOurs(row, row.updates().subList(fitting, row.updates().size()))) {
                    taken.addAll(leaving);
                    left = left.less(leaving.stream().map(TokenUpdate::json).toList());
                }
            }
            return taken;
        }

        /** Whether nobody else took of this row meanwhile; those who stay are written back. */
        private boolean isOurs(Row row, List<TokenUpdate> staying) {
            @Nullable String rest = staying.isEmpty() ? null : Slip.text(staying);
            Instant expires = Instant.parse(
                            row.key().name().substring(0, row.key().name().indexOf(' ')))
                    .plus(KEPT);
            Written written = table.write(List.of(new Write(row.key(), row.item(), rest, expires)), PATIENCE)
                    .getFirst();
            return written instanceof Written.Done;
        }
    }
}
