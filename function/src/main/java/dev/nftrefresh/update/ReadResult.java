package dev.nftrefresh.update;

/** What came of reading a queue message's body. */
public sealed interface ReadResult {
    /** The envelope could be read; its tokens may still be at fault, one by one. */
    record Read(UpdateMessage message) implements ReadResult {}

    /**
     * The body as a whole is refused.
     *
     * @param rejection why
     * @param tokens how many elements could be counted in it
     */
    record Refused(Rejection rejection, int tokens) implements ReadResult {}
}
