package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.virtualtime.VirtualTime;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableUnavailableException;
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

    private final InMemoryTable table = new InMemoryTable();
    private final Map<SharedTable.ItemKey, Instant> expiries = new HashMap<>();
    private final VirtualTime time;
    private final List<TableTrouble> troubles;
    private final RandomGenerator random;
    private final Predicate<String> isSecret;
    private final HistoryFindings findings;
    private final HistoryTrace trace;

    AdverseTable(
            VirtualTime time,
            List<TableTrouble> failureListener,
            RandomGenerator random,
            Predicate<String> isSecret,
            HistoryFindings findings,
            HistoryTrace trace) {
        this.time = time;
        this.troubles = failureListener;
        this.random = random;
        this.isSecret = isSecret;
        this.findings = findings;
        this.trace = trace;
    }

    /** What this copy calls. */
    SharedTable calledBy(CopyLife copy) {
        return new OfCopy(copy);
    }

    /** What is in it, with what has expired. */
    SharedTable content() {
        return table;
    }

    /** What becomes of one call. */
    private record CallTrouble(boolean fails, boolean written, boolean throttled, Duration takes) {}

    private CallTrouble trouble() {
        Duration at = Duration.between(VirtualTime.START, time.now());
        boolean fails = false;
        boolean written = true;
        boolean throttled = false;
        Duration takes = HALF_WAY;
        for (TableTrouble problem : troubles) {
            if (problem.period().contains(at) && random.nextInt(100) < problem.percent()) {
                switch (problem.kind()) {
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
        return new CallTrouble(fails, written, throttled, takes);
    }

    private void forgetExpired(Collection<SharedTable.ItemKey> keys) {
        for (SharedTable.ItemKey key : keys) {
            Instant expiry = expiries.get(key);
            if (expiry != null && !time.now().isBefore(expiry)) {
                SharedTable.TableItem item =
                        table.read(List.of(key), LONGEST).found().get(key);
                if (item != null) {
                    table.write(List.of(new SharedTable.ConditionalWrite(key, item, null, expiry)), LONGEST);
                }
                expiries.remove(key);
            }
        }
    }

    private final class OfCopy implements SharedTable {
        private final CopyLife copy;

        OfCopy(CopyLife copy) {
            this.copy = copy;
        }

        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            copy.callsTable();
            CallTrouble problem = trouble();
            if (!passes(problem, timeout) || problem.fails()) {
                trace.line(copy.name(), () -> "table: reads nothing of " + keys);
                return ReadResult.allUnread(keys, FAILED);
            }
            Set<ItemKey> unread = new HashSet<>();
            if (problem.throttled()) {
                keys.stream().filter(_ -> random.nextInt(3) == 0).forEach(unread::add);
            }
            forgetExpired(keys);
            List<ItemKey> read =
                    keys.stream().filter(key -> !unread.contains(key)).toList();
            Map<ItemKey, TableItem> found = table.read(read, LONGEST).found();
            trace.line(copy.name(), () -> "table: reads " + read + (unread.isEmpty() ? "" : ", not " + unread));
            return new ReadResult(found, unread, unread.isEmpty() ? "" : FAILED);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout)
                throws TableUnavailableException {
            copy.callsTable();
            CallTrouble problem = trouble();
            if (!passes(problem, timeout) || problem.fails()) {
                throw new TableUnavailableException(FAILED, new IOException(FAILED));
            }
            forgetExpired(List.copyOf(table.readPartition(partition, LONGEST).keySet()));
            return table.readPartition(partition, LONGEST);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            copy.callsTable();
            writes.forEach(this::lookForSecret);
            CallTrouble problem = trouble();
            boolean inTime = passes(problem, timeout);
            boolean isAcknowledged = inTime && !problem.fails();
            var written = new ArrayList<WriteResult>();
            for (ConditionalWrite write : writes) {
                boolean throttled = problem.throttled() && random.nextInt(3) == 0;
                boolean done = !throttled && problem.written() && (inTime || random.nextBoolean());
                WriteResult result = done ? write(write) : new WriteResult.Failed(FAILED);
                written.add(isAcknowledged ? result : new WriteResult.Failed(FAILED));
            }
            trace.line(copy.name(), () -> "table: writes " + describe(writes, written));
            return written;
        }

        private WriteResult write(ConditionalWrite write) {
            if (write.content() != null && write.content().length() > MOST_CHARACTERS) {
                findings.add(
                        HistoryFindings.JudgementKind.WITHIN_BOUNDS,
                        "An item is larger than DynamoDB takes: " + write.key());
                return new WriteResult.Failed("Item size has exceeded the maximum allowed size.");
            }
            if (write.expires() != null && write.expires().isBefore(time.now().minus(CLOCKS_OFF))) {
                findings.add(
                        HistoryFindings.JudgementKind.WITHIN_BOUNDS,
                        "An item has expired before it is written: " + write.key() + " at " + write.expires());
            }
            forgetExpired(List.of(write.key()));
            WriteResult written = table.write(List.of(write), LONGEST).getFirst();
            if (written instanceof WriteResult.Succeeded) {
                if (write.expires() == null) {
                    expiries.remove(write.key());
                } else {
                    expiries.put(write.key(), write.expires());
                }
            }
            return written;
        }

        private void lookForSecret(ConditionalWrite write) {
            if (write.content() != null && isSecret.test(write.content())) {
                findings.add(
                        HistoryFindings.JudgementKind.KEY_STAYS_SECRET,
                        "The key stands in the table, in " + write.key());
            }
        }

        /** Whether the answer came before the caller gave up. */
        private boolean passes(CallTrouble problem, Duration timeout) {
            boolean inTime = problem.takes().compareTo(timeout) <= 0;
            time.sleep(inTime ? problem.takes() : timeout.isNegative() ? Duration.ZERO : timeout);
            return inTime;
        }
    }

    private static String describe(List<SharedTable.ConditionalWrite> writes, List<SharedTable.WriteResult> written) {
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
