package dev.nftrefresh.update;

/** What came of reading a queue message's body. */
public sealed interface MessageReadResult {
    /** The envelope could be read; its tokens may still be at fault, one by one. */
    record ParsedMessage(UpdateMessage message) implements MessageReadResult {}

    /**
     * The body as a whole is refused.
     *
     * @param rejection why
     * @param tokens how many elements could be counted in it
     */
    record Rejected(Rejection rejection, int tokens) implements MessageReadResult {}
}
