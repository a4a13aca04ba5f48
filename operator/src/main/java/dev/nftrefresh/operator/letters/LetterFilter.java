package dev.nftrefresh.operator.letters;

import org.jspecify.annotations.Nullable;

/**
 * Which letters a command is about.
 *
 * @param reason null: any
 * @param contract an address in letters of either case; null: any
 */
record LetterFilter(@Nullable LetterReason reason, @Nullable String contract) {
    static final LetterFilter ALL = new LetterFilter(null, null);

    boolean matches(ReceivedDeadLetter letter) {
        return (reason == null || reason.equals(letter.reason()))
                && (contract == null || letter.subject().isOf(contract));
    }

    /** In a sentence, after a noun; empty if it lets all pass. */
    String text() {
        return (reason == null ? "" : " with the reason " + reason)
                + (contract == null ? "" : " of the contract " + contract);
    }
}
