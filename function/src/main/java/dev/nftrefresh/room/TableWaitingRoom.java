package dev.nftrefresh.room;

import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Item;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.time.Rfc3339Time;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.Version;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
    private final boolean holdsUpdates;
    private final String partitions;
    private final @Nullable WaitingRoom apart;
    private long entered;

    /**
     * A room in this table.
     *
     * @param copy a name that no other copy has
     * @param clock the time
     */
    public TableWaitingRoom(Table table, String copy, InstantSource clock) {
        this(table, copy, clock, true);
    }

    private TableWaitingRoom(Table table, String copy, InstantSource clock, boolean holdsUpdates) {
        this(
                table,
                copy,
                clock,
                holdsUpdates,
                "room ",
                new TableWaitingRoom(table, copy, clock, false, "room apart ", null));
    }

    private TableWaitingRoom(
            Table table,
            String copy,
            InstantSource clock,
            boolean holdsUpdates,
            String partitions,
            @Nullable WaitingRoom apart) {
        this.table = table;
        this.copy = copy;
        this.clock = clock;
        this.holdsUpdates = holdsUpdates;
        this.partitions = partitions;
        this.apart = apart;
    }

    /** One that only remembers what was promised: each update waits in the queue alone. */
    public static WaitingRoom ofPromises(Table table, String copy, InstantSource clock) {
        return new TableWaitingRoom(table, copy, clock, false);
    }

    @Override
    public Seated look(CollectionId collection, Duration atMost) {
        try {
            Instant now = clock.instant();
            var rows = new ArrayList<Row>();
            table.readPartition(partition(collection), atMost).forEach((key, item) -> {
                RowName name = RowName.of(key.name());
                List<TokenUpdate> updates =
                        now.isBefore(name.expires()) ? Slip.updates(collection, item.content()) : List.of();
                // What cannot be read keeps back nobody behind it.
                if (!updates.isEmpty() || name.promised() != null) {
                    rows.add(new Row(key, item, name, updates));
                }
            });
            return new Rows(rows, now);
        } catch (TableUnavailable _) {
            return Seated.NOBODY; // each update sits in its message too, which comes back
        }
    }

    @Override
    public void enter(List<TokenUpdate> updates, Seated seated, Instant promised, Instant now, Duration atMost) {
        Set<Seat> taken = seated.updates().stream().map(Seat::of).collect(Collectors.toSet());
        List<TokenUpdate> entering = holdsUpdates
                ? updates.stream().filter(update -> taken.add(Seat.of(update))).toList()
                : List.of();
        boolean isNew = !entering.isEmpty() || seated.promised() == null;
        if (!isNew || taken.size() > SEATS) {
            return;
        }
        CollectionId collection = updates.getFirst().key().collection();
        var name = new RowName(now, promised);
        List<Written> _ = table.write(
                Slip.texts(entering, MOST_BYTES).stream()
                        .map(text -> new Write(
                                new Table.Key(partition(collection), name.text(copy + "/" + number())),
                                null,
                                text,
                                name.expires()))
                        .toList(),
                atMost);
    }

    /** What an update is known by. */
    private record Seat(TokenKey key, Version version) {
        static Seat of(TokenUpdate update) {
            return new Seat(update.key(), update.version());
        }
    }

    /**
     * What a row's name tells.
     *
     * @param entered when its updates did; of what nobody here has named, the beginning of time
     * @param promised when their request may go; null where an older revision wrote it
     */
    private record RowName(Instant entered, @Nullable Instant promised) {
        static RowName of(String text) {
            Instant entered = time(text.substring(0, Math.max(0, text.indexOf(' '))));
            return new RowName(
                    entered == null ? Instant.MIN : entered, time(text.substring(text.lastIndexOf(' ') + 1)));
        }

        private static @Nullable Instant time(String text) {
            try {
                return Rfc3339Time.parse(text);
            } catch (DateTimeException _) {
                return null;
            }
        }

        String text(String unique) {
            return entered + " " + unique + " " + promised;
        }

        /** What is over does not count, though the table still has it. */
        Instant expires() {
            return entered.equals(Instant.MIN)
                    ? entered
                    : (promised != null && promised.isAfter(entered) ? promised : entered).plus(KEPT);
        }
    }

    private synchronized long number() {
        return entered++;
    }

    @Override
    public WaitingRoom apart() {
        return apart != null ? apart : this;
    }

    private String partition(CollectionId collection) {
        return partitions + collection;
    }

    /** Those who entered together. */
    private record Row(Table.Key key, Item item, RowName name, List<TokenUpdate> updates) {}

    private final class Rows implements Seated {
        private final List<Row> rows;
        private final Instant lookedAt;

        Rows(List<Row> rows, Instant lookedAt) {
            this.rows = rows;
            this.lookedAt = lookedAt;
        }

        @Override
        public List<TokenUpdate> updates() {
            return rows.stream().flatMap(row -> row.updates().stream()).toList();
        }

        @Override
        public @Nullable Instant promised() {
            return rows.stream()
                    .map(Row::name)
                    .filter(name -> lookedAt.isBefore(name.expires()))
                    .map(RowName::promised)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }

        /** In one call of the table, whatever number of rows: those that others took of meanwhile just stay away. */
        @Override
        public List<TokenUpdate> take(Vacancy vacancy, Predicate<TokenUpdate> isOpen, Duration atMost) {
            var leaving = new ArrayList<List<TokenUpdate>>();
            var writes = new ArrayList<Write>();
            Vacancy left = vacancy;
            for (Row row : rows) {
                List<TokenUpdate> open = row.updates().stream().filter(isOpen).toList();
                int fitting = left.holds(open.stream().map(TokenUpdate::json).toList());
                if (fitting == 0 && !open.isEmpty()) {
                    break;
                }
                List<TokenUpdate> going = open.subList(0, fitting);
                List<TokenUpdate> staying = open.subList(fitting, open.size());
                @Nullable String rest = staying.isEmpty() ? null : Slip.text(staying);
                leaving.add(going);
                writes.add(new Write(row.key(), row.item(), rest, row.name().expires()));
                left = left.less(going.stream().map(TokenUpdate::json).toList());
            }
            if (writes.isEmpty()) {
                return List.of();
            }
            List<Written> written = table.write(writes, atMost);
            var taken = new ArrayList<TokenUpdate>();
            for (int i = 0; i < written.size(); i++) {
                if (written.get(i) instanceof Written.Done) {
                    taken.addAll(leaving.get(i));
                }
            }
            return taken;
        }
    }
}
