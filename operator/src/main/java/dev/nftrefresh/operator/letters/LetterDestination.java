package dev.nftrefresh.operator.letters;

import java.util.Locale;

/** The queue that a dead letter came from and returns to. */
enum LetterDestination {
    /** The queue of live updates. */
    REFRESH("the refresh queue"),
    /** The queue of updates out of bulk files. */
    BULK_REFRESH("the bulk refresh queue"),
    /** The queue of files to load. */
    BULK("the queue of files to load");

    private final String text;

    LetterDestination(String text) {
        this.text = text;
    }

    /** In a sentence. */
    String text() {
        return text;
    }

    /** In JSON. */
    String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
