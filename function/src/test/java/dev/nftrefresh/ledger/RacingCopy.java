package dev.nftrefresh.ledger;

import dev.nftrefresh.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A copy of the function that stops before each call of the shared table; each call then has the fate it is given. */
final class RacingCopy {
    private final Table shared;
    private final List<Table.Write> late;
    private final TokenLedger ledger;
    private @Nullable Stepwise work;
    private CallFate fate = CallFate.DONE;
    private boolean crashed;

    /**
     * A copy that has done nothing yet.
     *
     * @param late takes the writes that are still on their way
     */
    RacingCopy(Table shared, List<Table.Write> late, Duration afterwards) {
        this.shared = shared;
        this.late = late;
        ledger = new TableLedger(
                new Seam(), _ -> {}, afterwards, Duration.ofSeconds(LedgerRace.TOKEN_INTERVAL), () -> Updates.at(0));
    }

    TokenLedger ledger() {
        return ledger;
    }

    boolean isIdle() {
        return work == null;
    }

    boolean hasCrashed() {
        return crashed;
    }

    /** Goes up to the first call of the table. */
    void begin(Runnable code) {
        work = new Stepwise(code);
        goOn(work);
    }

    /** Makes the call before which it stands, and goes up to the next one. */
    void call(CallFate next) {
        fate = next;
        goOn(Objects.requireNonNull(work));
    }

    void finish() {
        while (!isIdle()) {
            call(CallFate.DONE);
        }
    }

    private void goOn(Stepwise present) {
        present.goOn();
        if (present.isOver()) {
            work = null;
        }
    }

    private static final Duration ATMOST = Duration.ofSeconds(1);

    private final class Seam implements Table {
        @Override
        public Items read(Collection<Key> keys, Duration atMost) {
            stop();
            switch (fate) {
                case DONE, GOES_TWICE -> {}
                case FAILS, ANSWER_IS_LOST, ARRIVES_LATE -> {
                    return Items.unread(keys, "No answer.");
                }
                case COPY_CRASHES_BEFORE, COPY_CRASHES_AFTER -> throw crash();
            }
            return shared.read(keys, atMost);
        }

        @Override
        public Map<Key, Item> readPartition(String partition, Duration atMost) {
            throw new UnsupportedOperationException("No ledger does.");
        }

        /** They go at once and in no order; here another copy may always come between two of them. */
        @Override
        public List<Written> write(List<Write> writes, Duration atMost) {
            var written = new ArrayList<Written>(writes.size());
            for (Write write : writes) {
                written.add(write(write));
            }
            return written;
        }

        private Written write(Write write) {
            stop();
            if (fate == CallFate.COPY_CRASHES_BEFORE) {
                throw crash();
            }
            if (fate == CallFate.ARRIVES_LATE) {
                late.add(write);
            }
            if (fate == CallFate.FAILS || fate == CallFate.ARRIVES_LATE) {
                return new Written.Failed("No answer.");
            }
            Written written = shared.write(List.of(write), ATMOST).getFirst();
            return switch (fate) {
                case COPY_CRASHES_AFTER -> throw crash();
                case ANSWER_IS_LOST -> new Written.Failed("No answer.");
                case GOES_TWICE -> shared.write(List.of(write), ATMOST).getFirst();
                default -> written;
            };
        }

        private void stop() {
            Objects.requireNonNull(work).stop();
        }

        private Stepwise.Crashed crash() {
            crashed = true;
            return new Stepwise.Crashed();
        }
    }
}
