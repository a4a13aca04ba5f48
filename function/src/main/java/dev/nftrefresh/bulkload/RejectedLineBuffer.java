package dev.nftrefresh.bulkload;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** The rejected elements that are in no part yet, in the file's order. */
final class RejectedLineBuffer {
    private final Deque<RejectedElementLine> lines = new ArrayDeque<>();
    private int bytes;

    void add(RejectedElementLine line) {
        lines.add(line);
        bytes += line.json().length;
    }

    int bytes() {
        return bytes;
    }

    /** Whether one of them is at or before this element. */
    boolean anyUpTo(long element) {
        return !lines.isEmpty() && lines.element().element() <= element;
    }

    /** Removes those up to this element, and returns them as one text. */
    byte[] takeUpTo(long element) {
        var text = new ByteArrayOutputStream();
        while (!lines.isEmpty() && lines.element().element() <= element) {
            text.writeBytes(lines.remove().json());
        }
        bytes -= text.size();
        return text.toByteArray();
    }
}
