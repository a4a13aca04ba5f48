package dev.nftrefresh.operator.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs a person.
 *
 * @param name of the alarm and of its section in docs/operations.md
 * @param since when it has been so; null if that is not known
 * @param meaning what it is and what to do, in sentences
 * @param alarm whether the alarm of that name is on
 */
record OperatorConcern(String name, @Nullable Instant since, String meaning, boolean alarm) {
    String help() {
        return "docs/operations.md#" + name;
    }
}
