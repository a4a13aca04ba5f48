package dev.nftrefresh.update;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps the sentences of a message's first refused tokens, a hundred a reason. All others of that reason share one sentence:
 * nobody is shown more, and 10,000 sentences are a hundred times as large as a message of {@code [{},{},{},…]}.
 */
final class LimitedRejections {
    private static final int KEPT = 100;

    private final Map<RejectReason, Integer> counts = new EnumMap<>(RejectReason.class);
    private final Map<RejectReason, Rejection> shared = new EnumMap<>(RejectReason.class);

    /** The rejection of one more token, or what it shares with all others of its reason that come so late. */
    Rejection of(TokenFault fault, Supplier<String> tokenName) {
        return counts.merge(fault.reason(), 1, Integer::sum) <= KEPT
                ? fault.rejection(tokenName.get())
                : shared.computeIfAbsent(fault.reason(), LimitedRejections::ofLaterOnes);
    }

    private static Rejection ofLaterOnes(RejectReason reason) {
        return new Rejection(
                reason,
                "Over %d tokens of the message are refused as %s; this is a later one.".formatted(KEPT, reason));
    }
}
