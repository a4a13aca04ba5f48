package dev.nftrefresh.ledger;

/** What becomes of a call of the table: of a read, or of the write of one item. */
enum CallResult {
    DONE,
    /** Nothing is written. */
    FAILS,
    /** It is written, and nobody hears of it. */
    ANSWER_IS_LOST,
    /** Nobody hears of it, and it is written some time later. */
    ARRIVES_LATE,
    /** The client repeats it, because the first answer was lost. */
    GOES_TWICE,
    COPY_CRASHES_BEFORE,
    COPY_CRASHES_AFTER
}
