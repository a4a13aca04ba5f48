package dev.nftrefresh.local.flow;

import java.util.List;

/**
 * What became of a file of messages.
 *
 * @param updates of all its tokens, in the file's order; a message whose tokens cannot be read is one without a token
 *     id
 * @param letters what landed in the dead-letter queue, in the file's order
 */
public record FileOutcome(List<UpdateOutcome> updates, List<Letter> letters) {
    /** What became of one update. */
    public sealed interface Outcome {}

    /** Its request was accepted. */
    public record Accepted() implements Outcome {}

    /**
     * A newer update of its token was accepted.
     *
     * @param byLine that one's line in the file; 0 if it came from elsewhere
     */
    public record Superseded(long byLine) implements Outcome {}

    /** It is in the dead-letter queue. */
    public record Rejected(String reason) implements Outcome {}

    /** The run ended before it was settled. */
    public record Unsettled() implements Outcome {}

    /**
     * One update of the file.
     *
     * @param line from 1
     * @param tokenId as the file has it; empty where it cannot be read
     */
    public record UpdateOutcome(long line, String tokenId, Outcome outcome) {}

    /**
     * What one dead letter says.
     *
     * @param line its message's line in the file; 0 if it came from elsewhere
     * @param detail a sentence for each of its first tokens
     * @param tokens how many it holds; 0 if they cannot be read
     */
    public record Letter(long line, String reason, String detail, int tokens) {}

    /** How many updates had this outcome. */
    public long count(Class<? extends Outcome> tokenOutcome) {
        return updates.stream()
                .filter(update -> tokenOutcome.isInstance(update.outcome()))
                .count();
    }
}
