package dev.nftrefresh.dispatch;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Sets in which two copies of an update are two. SQS delivers a message twice, and copies wait in the table, so that equal
 * updates have outcomes of their own. And a lookup compares no bytes.
 */
final class IdentitySet {
    private IdentitySet() {}

    /** An empty set. */
    static <T> Set<T> empty() {
        return of(List.of());
    }

    /** A set of these, which can be changed. */
    static <T> Set<T> of(Collection<? extends T> elements) {
        Set<T> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(elements);
        return identities;
    }
}
