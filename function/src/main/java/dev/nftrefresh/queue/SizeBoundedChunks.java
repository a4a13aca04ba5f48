package dev.nftrefresh.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Cuts a list into parts that fit, keeping its order. */
final class SizeBoundedChunks {
    private SizeBoundedChunks() {}

    /** Chunks of at most so many bytes each; what is larger alone is a part of its own. */
    static <T> List<List<T>> of(List<T> items, ToIntFunction<T> bytes, int maxBytes) {
        return of(items, bytes, maxBytes, Integer.MAX_VALUE);
    }

    /** Chunks of at most so many bytes and so many items each; what is larger alone is a part of its own. */
    static <T> List<List<T>> of(List<T> items, ToIntFunction<T> bytes, int maxBytes, int maxItems) {
        var parts = new ArrayList<List<T>>();
        var part = new ArrayList<T>();
        long size = 0;
        for (T item : items) {
            int next = bytes.applyAsInt(item);
            if (!part.isEmpty() && (size + next > maxBytes || part.size() == maxItems)) {
                parts.add(part);
                part = new ArrayList<>();
                size = 0;
            }
            part.add(item);
            size += next;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }
}
