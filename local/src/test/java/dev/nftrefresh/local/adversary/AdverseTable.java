package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.TableUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** A table that is some milliseconds away, forgets what has expired, and misbehaves as it was planned. */
final class AdverseTable {
    private static final String FAILED = "The history asked for it.";
    /** 400 KB, less the item's other attributes. */
    private static final int MOST_CHARACTERS = 399 * 1024;

    private static final Duration CLOCKS_OFF = Duration.ofMinutes(5);
    private static final Duration HALF_WAY = Duration.ofMillis(2);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final MemoryTable table = new MemoryTable();
    private final Map<Table.Key, Instant> expiries = new HashMap<>();
    private final VirtualTime time;
    private final List<TableTrouble> troubles;
    private final RandomGenerator random;
    private final Predicate<String> isSecret;
    private final Findings findings;
    private final HistoryTrace trace;

    AdverseTable(
            VirtualTime time,
            List<TableTrouble> troubles,
            RandomGenerator random,
            Predicate<String> isSecret,
            Findings findings,
            HistoryTrace trace) {
        this.time = time;
        this.troubles = troubles;
        this.random = random;
        this.isSecret = isSecret;
        this.findings = findings;
        this.trace = trace;
    }

    /** What this copy calls. */
    Table calledBy(CopyLife copy) {
        return new OfCopy(copy);
    }

    /** What becomes of one call. */
    private record Trouble(boolean fails, boolean written, boolean throttled, Duration takes) {}

    private Trouble trouble() {
        Duration at = Duration.between(VirtualTime.START, time.now());
        boolean fails = false;
        boolean written = true;
        boolean throttled = false;
        Duration takes = HALF_WAY;
        for (TableTrouble trouble : troubles) {
            if (trouble.period().contains(at) && random.nextInt(100) < trouble.percent()) {
                switch (trouble.kind()) {
                    case FAILS -> {
                        fails = true;
                        written = false;
                    }
                    case FAILS_ALTHOUGH_WRITTEN -> fails = true;
                    case THROTTLED -> throttled = true;
                    case SLOW -> takes = Duration.ofMillis(random.nextLong(SHORTEST.toMillis(), LONGEST.toMillis()));
                }
            }
        }
        return new Trouble(fails, written, throttled, takes);
    }

    private void forgetExpired(Collection<Table.Key> keys) {
        for (Table.Key key : keys) {
            Instant expiry = expiries.get(key);
            if (expiry != null && !time.now().isBefore(expiry)) {
                Table.Item item = table.read(List.of(key), LONGEST).found().get(key);
                if (item != null) {
                    table.write(List.of(new Table.Write(key, item, null, expiry)), LONGEST);
                }
                expiries.remove(key);
            }
        }
    }

    private final class OfCopy implements Table {
        private final CopyLife copy;

        OfCopy(CopyLife copy) {
            this.copy = copy;
        }

        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            copy.callsTable();
            Trouble trouble = trouble();
            if (!passes(trouble, atMost) || trouble.fails()) {
                trace.line(copy.name(), () -> "table: reads nothing of " + keys);
                return Items.unread(keys, FAILED);
            }
            Set<Key> unread = new HashSet<>();
            if (trouble.throttled()) {
                keys.stream().filter(_ -> random.nextInt(3) == 0).forEach(unread::add);
            }
            forgetExpired(keys);
            List<Key> read = keys.stream().filter(key -> !unread.contains(key)).toList();
            Map<Key, Item> found = table.read(read, LONGEST).found();
            trace.line(copy.name(), () -> "table: reads " + read + (unread.isEmpty() ? "" : ", not " + unread));
            return new Items(found, unread, unread.isEmpty() ? "" : FAILED);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) throws TableUnavailable {
            copy.callsTable();
            Trouble trouble = trouble();
            if (!passes(trouble, atMost) || trouble.fails()) {
                throw new TableUnavailable(FAILED, new IOException(FAILED));
            }
            forgetExpired(List.copyOf(table.readPartition(partition, LONGEST).keySet()));
            return table.readPartition(partition, LONGEST);
        }

        @Override
        public List<Written> write(List<Write> writes, Duration atMost) {
            copy.callsTable();
            writes.forEach(this::lookForSecret);
            Trouble trouble = trouble();
            boolean inTime = passes(trouble, atMost);
            boolean heard = inTime && !trouble.fails();
            var written = new ArrayList<Written>();
            for (Write write : writes) {
                boolean throttled = trouble.throttled() && random.nextInt(3) == 0;
                boolean done = !throttled && trouble.written() && (inTime || random.nextBoolean());
                Written result = done ? write(write) : new Written.Failed(FAILED);
                written.add(heard ? result : new Written.Failed(FAILED));
            }
            trace.line(copy.name(), () -> "table: writes " + told(writes, written));
            return written;
        }

        private Written write(Write write) {
            if (write.content() != null && write.content().length() > MOST_CHARACTERS) {
                findings.add(Findings.Judgement.WITHIN_BOUNDS, "An item is larger than DynamoDB takes: " + write.key());
                return new Written.Failed("Item size has exceeded the maximum allowed size.");
            }
            if (write.expires() != null && write.expires().isBefore(time.now().minus(CLOCKS_OFF))) {
                findings.add(
                        Findings.Judgement.WITHIN_BOUNDS,
                        "An item has expired before it is written: " + write.key() + " at " + write.expires());
            }
            forgetExpired(List.of(write.key()));
            Written written = table.write(List.of(write), LONGEST).getFirst();
            if (written instanceof Written.Done) {
                if (write.expires() == null) {
                    expiries.remove(write.key());
                } else {
                    expiries.put(write.key(), write.expires());
                }
            }
            return written;
        }

        private void lookForSecret(Write write) {
            if (write.content() != null && isSecret.test(write.content())) {
                findings.add(Findings.Judgement.KEY_STAYS_SECRET, "The key stands in the table, in " + write.key());
            }
        }

        /** Whether the answer came before the caller gave up. */
        private boolean passes(Trouble trouble, Duration atMost) {
            boolean inTime = trouble.takes().compareTo(atMost) <= 0;
            time.sleep(inTime ? trouble.takes() : atMost.isNegative() ? Duration.ZERO : atMost);
            return inTime;
        }
    }

    private static String told(List<Table.Write> writes, List<Table.Written> written) {
        var text = new StringBuilder();
        for (int i = 0; i < writes.size() && i < 4; i++) {
            text.append(i == 0 ? "" : "; ")
                    .append(writes.get(i).key().partition())
                    .append(' ')
                    .append(writes.get(i).content())
                    .append(" -> ")
                    .append(written.get(i).getClass().getSimpleName());
        }
        return text + (writes.size() > 4 ? " and " + (writes.size() - 4) + " more" : "");
    }
}
