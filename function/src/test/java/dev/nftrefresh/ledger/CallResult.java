package dev.nftrefresh.ledger;

/** The result of a call to the table: of a read, or of the write of one item. */
enum CallResult {
    DONE,
    /** Nothing is written. */
    FAILS,
    /** It is written, and its answer is lost. */
    ANSWER_IS_LOST,
    /** Its answer is lost, and it is written some time later. */
    ARRIVES_LATE,
    /** The client repeats it, because the first answer was lost. */
    GOES_TWICE,
    COPY_CRASHES_BEFORE,
    COPY_CRASHES_AFTER
}
