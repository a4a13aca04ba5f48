package dev.nftrefresh.operator.letters;

import java.util.ArrayList;

/** What can be chosen on the command line. */
final class ReasonCandidates extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    ReasonCandidates() {
        super(LetterReason.known());
    }
}
