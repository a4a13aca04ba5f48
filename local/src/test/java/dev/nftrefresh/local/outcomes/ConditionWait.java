package dev.nftrefresh.local.outcomes;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Polls until a condition holds. */
final class ConditionWait {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(3);

    private ConditionWait() {}

    /** Returns as soon as it holds; {@code otherwise} says what there is instead. */
    static void holds(String what, BooleanSupplier condition, Supplier<?> otherwise) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain until " + what + "; there is " + otherwise.get());
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
