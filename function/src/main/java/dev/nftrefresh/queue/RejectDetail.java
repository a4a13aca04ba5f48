package dev.nftrefresh.queue;

import java.util.Locale;

/** The sentences of a dead letter's tokens as one attribute: the first ones, and how many more there are. */
final class RejectDetail {
    /** Leaves enough of 3 KiB for the other attributes, of which the trace id is the longest with 600 bytes. */
    private static final int MAX_BYTES = 2000;
    /** For " And 10,000 more." */
    private static final int MORE_BYTES = 20;

    private final StringBuilder text = new StringBuilder();
    private int bytes;
    private int left;
    private String last = "";

    /** Adds the sentence of one more token. */
    RejectDetail add(String sentence) {
        if (sentence.equals(last)) {
            return this; // an expired message gives the same sentence for each of its tokens
        }
        last = sentence;
        if (left > 0) {
            left++;
            return this;
        }
        if (text.isEmpty()) {
            text.append(SqsTextEscaper.of(sentence, MAX_BYTES - MORE_BYTES));
            bytes = SqsTextEscaper.utf8Bytes(text.toString());
            return this;
        }
        String next = " " + SqsTextEscaper.of(sentence);
        int length = SqsTextEscaper.utf8Bytes(next);
        if (bytes + length > MAX_BYTES - MORE_BYTES) {
            left = 1;
        } else {
            text.append(next);
            bytes += length;
        }
        return this;
    }

    String text() {
        return left == 0 ? text.toString() : String.format(Locale.ROOT, "%s And %,d more.", text, left);
    }
}
