package dev.nftrefresh.operator.status;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that is still on although its queue is empty now. It needs nobody.
 *
 * @param name of the alarm and of its section in docs/operations.md
 * @param since when it has been on; null if that is not known
 * @param within how long it ends by itself
 */
record EndingAlarm(String name, @Nullable Instant since, Duration within) {}
