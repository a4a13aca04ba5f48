package dev.nftrefresh.operator.token;

import dev.nftrefresh.update.UpdateVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An update that waits in the table for a request with free places.
 *
 * @param promised when its request may be sent, with others or without; null if that is not known
 */
record WaitingUpdate(UpdateVersion version, @Nullable Instant promised) {}
