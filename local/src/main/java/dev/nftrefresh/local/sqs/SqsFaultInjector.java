package dev.nftrefresh.local.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** What a test wants to go wrong at SQS, by the name of the action, such as {@code DeleteMessageBatch}. */
public final class SqsFaultInjector {
    private record FaultRule(
            String action, boolean entry, boolean senderFault, Predicate<String> matches, AtomicInteger times) {}

    private final List<FaultRule> rules = new ArrayList<>();

    /** The next calls of this action end as if they were answered with status 500 however often the SDK tried. */
    public void failCalls(String action, int times) {
        add(new FaultRule(action, false, false, _ -> true, new AtomicInteger(times)));
    }

    /** The next entries of this batch action fail, while the call is answered with status 200. */
    public void failEntries(String action, int times, boolean senderFault) {
        failEntries(action, times, senderFault, _ -> true);
    }

    /**
     * The same for entries that match only.
     *
     * @param matches is given an entry as text
     */
    public void failEntries(String action, int times, boolean senderFault, Predicate<String> matches) {
        add(new FaultRule(action, true, senderFault, matches, new AtomicInteger(times)));
    }

    private synchronized void add(FaultRule rule) {
        rules.add(rule);
    }

    boolean failsCall(String action) {
        return use(action, false, "").isPresent();
    }

    /** Empty when the entry goes well, else whether its failure is called the sender's fault. */
    Optional<Boolean> failsEntry(String action, Object entry) {
        return use(action, true, entry).map(FaultRule::senderFault);
    }

    private synchronized Optional<FaultRule> use(String action, boolean entry, Object call) {
        for (FaultRule rule : rules) {
            if (rule.action().equals(action)
                    && rule.entry() == entry
                    && rule.times().get() > 0
                    && rule.matches().test(call.toString())) {
                rule.times().decrementAndGet();
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
