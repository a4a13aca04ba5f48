package dev.nftrefresh.local.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * The faults that a test injects: into the next requests one by one, and into those that match a rule while it exists.
 */
public final class FaultInjector {
    private record FaultRule(Predicate<ReceivedRequest> matches, InjectedFault fault) {}

    private final Deque<InjectedFault> next = new ArrayDeque<>();
    private final List<FaultRule> rules = new ArrayList<>();
    private CountDownLatch hanging = new CountDownLatch(1);

    /** Each of these befalls one of the next conforming requests, in this order; rules wait meanwhile. */
    public synchronized void next(InjectedFault... faults) {
        Collections.addAll(next, faults);
    }

    /** Befalls so many of the next conforming requests. */
    public synchronized void next(int times, InjectedFault fault) {
        for (int i = 0; i < times; i++) {
            next.add(fault);
        }
    }

    /** Befalls every conforming request that matches, until {@link #clear()}. */
    public synchronized void whenever(Predicate<ReceivedRequest> matches, InjectedFault fault) {
        rules.add(new FaultRule(matches, fault));
    }

    /** A request that holds one of these tokens is refused with a {@code VALIDATION_ERROR}. */
    public void refuseTokens(Set<String> tokenIds) {
        whenever(request -> !Collections.disjoint(request.tokenIds(), tokenIds), InjectedFault.validationError());
    }

    /** Injects no more faults; hanging requests keep hanging. */
    public synchronized void clear() {
        next.clear();
        rules.clear();
    }

    /** Closes the connections that hang now. */
    public synchronized void release() {
        hanging.countDown();
        hanging = new CountDownLatch(1);
    }

    synchronized Optional<InjectedFault> of(ReceivedRequest request) {
        if (!next.isEmpty()) {
            return Optional.of(next.removeFirst());
        }
        return rules.stream()
                .filter(rule -> rule.matches().test(request))
                .map(FaultRule::fault)
                .findFirst();
    }

    /** What holds a hanging request, which {@link #release()} opens. */
    synchronized CountDownLatch hanging() {
        return hanging;
    }
}
