package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.simulation.SentTokens.SentToken;
import dev.nftrefresh.local.sqs.SimulatedQueues;
import java.util.HashSet;
import java.util.Set;

/**
 * What became of the updates that were neither accepted nor followed by a newer one that was.
 *
 * @param lost that are nowhere any more
 * @param rejected that are in the dead-letter queue
 * @param waiting that may be in the queue still, as the run was ended before it was empty
 */
record Loss(int lost, int rejected, int waiting) {
    static Loss of(Producer producer, Updates updates, SimulatedQueues queues) {
        Set<SentToken> letters = new HashSet<>();
        queues.takeDeadLetters().forEach(body -> Messages.tokens(body).forEach(letters::add));
        boolean drained = queues.areEmpty();
        int rejected = 0;
        int neither = 0;
        for (int token = 0; token < producer.tokens(); token++) {
            for (int version = 1; version <= producer.versions(); version++) {
                if (!updates.isSettled(token, version)) {
                    boolean letter = letters.contains(new SentToken(token, version));
                    rejected += letter ? 1 : 0;
                    neither += letter ? 0 : 1;
                }
            }
        }
        return drained ? new Loss(neither, rejected, 0) : new Loss(0, rejected, neither);
    }
}
