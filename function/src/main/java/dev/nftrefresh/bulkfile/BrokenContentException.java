package dev.nftrefresh.bulkfile;

import java.io.IOException;

/** The rest of a file cannot be read, and reading it again would not change that. */
final class BrokenContentException extends IOException {
    private final String clause;

    /** With a clause that says what is wrong and what to do, such as "it is UTF-16; write it as UTF-8". */
    BrokenContentException(String clause) {
        super(clause);
        this.clause = clause;
    }

    String clause() {
        return clause;
    }
}
