package dev.nftrefresh.bulkfile;

import java.io.IOException;

/** What a file holds cannot be read further, which reading it again would not change. */
final class BrokenContentException extends IOException {
    private final String clause;

    /** Of a clause that says what is wrong and what to do, such as "it is UTF-16; write it as UTF-8". */
    BrokenContentException(String clause) {
        super(clause);
        this.clause = clause;
    }

    String clause() {
        return clause;
    }
}
