package dev.nftrefresh.waiting;

import dev.nftrefresh.batch.RemainingCapacity;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.TableItem;
import dev.nftrefresh.table.SharedTable.WriteResult;
import dev.nftrefresh.table.TableUnavailableException;
import dev.nftrefresh.time.Rfc3339TimeParser;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateVersion;
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
 * The waiting updates in the table: one item for updates that were added together, as one write is cheaper than many;
 * several where one would be too large for DynamoDB.
 */
public final class TableWaitingUpdateStore implements WaitingUpdateStore {
    /** Two full requests for each collection, as one request could not include more. */
    private static final int MAX_UPDATES = 500;
    /** By then an update has long been sent by its own message. */
    private static final Duration KEPT = Duration.ofHours(12);

    /** DynamoDB takes 400 KiB, and counts the names of an item and of its attributes too. */
    private static final int MOST_BYTES = 350_000;

    private final SharedTable table;
    private final String copy;
    private final InstantSource clock;
    private final boolean holdsUpdates;
    private final String partitions;
    private final @Nullable WaitingUpdateStore separateRequests;
    private long addedRows;

    /**
     * One copy's view of the waiting updates in this table.
     *
     * @param copy a name that no other copy has
     * @param clock the time
     */
    public TableWaitingUpdateStore(SharedTable table, String copy, InstantSource clock) {
        this(table, copy, clock, true);
    }

    private TableWaitingUpdateStore(SharedTable table, String copy, InstantSource clock, boolean holdsUpdates) {
        this(
                table,
                copy,
                clock,
                holdsUpdates,
                "room ",
                new TableWaitingUpdateStore(table, copy, clock, false, "room apart ", null));
    }

    private TableWaitingUpdateStore(
            SharedTable table,
            String copy,
            InstantSource clock,
            boolean holdsUpdates,
            String partitions,
            @Nullable WaitingUpdateStore apart) {
        this.table = table;
        this.copy = copy;
        this.clock = clock;
        this.holdsUpdates = holdsUpdates;
        this.partitions = partitions;
        this.separateRequests = apart;
    }

    /** A store that holds only reserved send times: each update waits in the queue alone. */
    public static WaitingUpdateStore ofReservedTimes(SharedTable table, String copy, InstantSource clock) {
        return new TableWaitingUpdateStore(table, copy, clock, false);
    }

    @Override
    public WaitingUpdates find(CollectionId collection, Duration timeout) {
        try {
            Instant now = clock.instant();
            var rows = new ArrayList<WaitingRow>();
            table.readPartition(partition(collection), timeout).forEach((key, item) -> {
                RowName name = RowName.of(key.name());
                // Updates from another setting of LatestWins may be older than what was sent since: without a ledger,
                // no copy
                // knows.
                List<TokenUpdate> updates = holdsUpdates && now.isBefore(name.expires())
                        ? WaitingUpdatesJson.updates(collection, item.content())
                        : List.of();
                // An unreadable item does not hold back those after it.
                if (!updates.isEmpty() || name.reservedSendTime() != null) {
                    rows.add(new WaitingRow(key, item, name, updates));
                }
            });
            return new TableWaitingUpdates(rows, now);
        } catch (TableUnavailableException _) {
            return WaitingUpdates.EMPTY; // each update is in its message too, which returns
        }
    }

    @Override
    public void add(
            List<TokenUpdate> updates,
            WaitingUpdates waitingUpdates,
            Instant reservedSendTime,
            Instant now,
            Duration timeout) {
        Set<UpdateIdentity> taken =
                waitingUpdates.updates().stream().map(UpdateIdentity::of).collect(Collectors.toSet());
        List<TokenUpdate> entering = holdsUpdates
                ? updates.stream()
                        .filter(update -> taken.add(UpdateIdentity.of(update)))
                        .toList()
                : List.of();
        boolean isNew = !entering.isEmpty() || waitingUpdates.reservedSendTime() == null;
        if (!isNew || taken.size() > MAX_UPDATES) {
            return;
        }
        CollectionId collection = updates.getFirst().key().collection();
        var name = new RowName(now, reservedSendTime);
        List<WriteResult> _ = table.write(
                WaitingUpdatesJson.texts(entering, MOST_BYTES).stream()
                        .map(text -> new ConditionalWrite(
                                new SharedTable.ItemKey(partition(collection), name.text(copy + "/" + number())),
                                null,
                                text,
                                name.expires()))
                        .toList(),
                timeout);
    }

    /** What identifies an update. */
    private record UpdateIdentity(TokenKey key, UpdateVersion version) {
        static UpdateIdentity of(TokenUpdate update) {
            return new UpdateIdentity(update.key(), update.version());
        }
    }

    /**
     * What a row's name holds.
     *
     * @param addedAt when its updates were added; the earliest time for a name that cannot be read
     * @param reservedSendTime when their request may be sent; null where an older revision wrote it
     */
    private record RowName(Instant addedAt, @Nullable Instant reservedSendTime) {
        static RowName of(String text) {
            Instant entered = time(text.substring(0, Math.max(0, text.indexOf(' '))));
            return new RowName(
                    entered == null ? Instant.MIN : entered, time(text.substring(text.lastIndexOf(' ') + 1)));
        }

        private static @Nullable Instant time(String text) {
            try {
                return Rfc3339TimeParser.parse(text);
            } catch (DateTimeException _) {
                return null;
            }
        }

        String text(String unique) {
            return addedAt + " " + unique + " " + reservedSendTime;
        }

        /** Expired rows do not count, although the table still holds them. */
        Instant expires() {
            return addedAt.equals(Instant.MIN)
                    ? addedAt
                    : (reservedSendTime != null && reservedSendTime.isAfter(addedAt) ? reservedSendTime : addedAt)
                            .plus(KEPT);
        }
    }

    private synchronized long number() {
        return addedRows++;
    }

    @Override
    public WaitingUpdateStore ofSeparateRequests() {
        return separateRequests != null ? separateRequests : this;
    }

    private String partition(CollectionId collection) {
        return partitions + collection;
    }

    /** Updates that were added together. */
    private record WaitingRow(SharedTable.ItemKey key, TableItem item, RowName name, List<TokenUpdate> updates) {}

    private final class TableWaitingUpdates implements WaitingUpdates {
        private final List<WaitingRow> rows;
        private final Instant readAt;

        TableWaitingUpdates(List<WaitingRow> rows, Instant readAt) {
            this.rows = rows;
            this.readAt = readAt;
        }

        @Override
        public List<TokenUpdate> updates() {
            return rows.stream().flatMap(row -> row.updates().stream()).toList();
        }

        @Override
        public @Nullable Instant reservedSendTime() {
            return rows.stream()
                    .map(WaitingRow::name)
                    .filter(name -> readAt.isBefore(name.expires()))
                    .map(RowName::reservedSendTime)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }

        /** In one call to the table for any number of rows; updates that others took meanwhile are left out. */
        @Override
        public List<TokenUpdate> take(RemainingCapacity capacity, Predicate<TokenUpdate> isOpen, Duration timeout) {
            var leaving = new ArrayList<List<TokenUpdate>>();
            var writes = new ArrayList<ConditionalWrite>();
            RemainingCapacity left = capacity;
            for (WaitingRow row : rows) {
                List<TokenUpdate> open = row.updates().stream().filter(isOpen).toList();
                int fitting =
                        left.countThatFit(open.stream().map(TokenUpdate::json).toList());
                if (fitting == 0 && !open.isEmpty()) {
                    break;
                }
                List<TokenUpdate> going = open.subList(0, fitting);
                List<TokenUpdate> staying = open.subList(fitting, open.size());
                @Nullable String rest = staying.isEmpty() ? null : WaitingUpdatesJson.text(staying);
                leaving.add(going);
                writes.add(new ConditionalWrite(
                        row.key(), row.item(), rest, row.name().expires()));
                left = left.less(going.stream().map(TokenUpdate::json).toList());
            }
            if (writes.isEmpty()) {
                return List.of();
            }
            List<WriteResult> written = table.write(writes, timeout);
            var taken = new ArrayList<TokenUpdate>();
            for (int i = 0; i < written.size(); i++) {
                if (written.get(i) instanceof WriteResult.Succeeded) {
                    taken.addAll(leaving.get(i));
                }
            }
            return taken;
        }
    }
}
