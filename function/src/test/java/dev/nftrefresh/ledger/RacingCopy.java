package dev.nftrefresh.ledger;

import dev.nftrefresh.table.SharedTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the function that stops before each call to the shared table; each call then has the result it is given.
 */
final class RacingCopy {
    private final SharedTable shared;
    private final List<SharedTable.ConditionalWrite> late;
    private final TokenLedger ledger;
    private @Nullable StepwiseThread work;
    private CallResult result = CallResult.DONE;
    private boolean crashed;

    /**
     * A copy that has done nothing yet.
     *
     * @param late takes the late writes
     */
    RacingCopy(SharedTable shared, List<SharedTable.ConditionalWrite> late, Duration afterwards) {
        this.shared = shared;
        this.late = late;
        ledger = new TableTokenLedger(
                new CallInterceptor(),
                _ -> {},
                afterwards,
                Duration.ofSeconds(LedgerRace.TOKEN_INTERVAL),
                () -> LedgerUpdates.at(0));
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

    /** Runs up to the first call to the table. */
    void begin(Runnable code) {
        work = new StepwiseThread(code);
        goOn(work);
    }

    /** Makes the call before which it stopped, and runs up to the next one. */
    void call(CallResult next) {
        result = next;
        goOn(Objects.requireNonNull(work));
    }

    void finish() {
        while (!isIdle()) {
            call(CallResult.DONE);
        }
    }

    private void goOn(StepwiseThread present) {
        present.goOn();
        if (present.isOver()) {
            work = null;
        }
    }

    private static final Duration ATMOST = Duration.ofSeconds(1);

    private final class CallInterceptor implements SharedTable {
        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            stop();
            switch (result) {
                case DONE, GOES_TWICE -> {}
                case FAILS, ANSWER_IS_LOST, ARRIVES_LATE -> {
                    return ReadResult.allUnread(keys, "No answer.");
                }
                case COPY_CRASHES_BEFORE, COPY_CRASHES_AFTER -> throw crash();
            }
            return shared.read(keys, timeout);
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
            throw new UnsupportedOperationException("No ledger does.");
        }

        /** In reality they run at once and in no order; here another copy may always run between two of them. */
        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            var written = new ArrayList<WriteResult>(writes.size());
            for (ConditionalWrite write : writes) {
                written.add(write(write));
            }
            return written;
        }

        private WriteResult write(ConditionalWrite write) {
            stop();
            if (result == CallResult.COPY_CRASHES_BEFORE) {
                throw crash();
            }
            if (result == CallResult.ARRIVES_LATE) {
                late.add(write);
            }
            if (result == CallResult.FAILS || result == CallResult.ARRIVES_LATE) {
                return new WriteResult.Failed("No answer.");
            }
            WriteResult written = shared.write(List.of(write), ATMOST).getFirst();
            return switch (result) {
                case COPY_CRASHES_AFTER -> throw crash();
                case ANSWER_IS_LOST -> new WriteResult.Failed("No answer.");
                case GOES_TWICE -> shared.write(List.of(write), ATMOST).getFirst();
                default -> written;
            };
        }

        private void stop() {
            Objects.requireNonNull(work).stop();
        }

        private StepwiseThread.SimulatedCrash crash() {
            crashed = true;
            return new StepwiseThread.SimulatedCrash();
        }
    }
}
