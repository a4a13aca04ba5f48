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
record LostUpdates(int lost, int rejected, int waiting) {
    static LostUpdates of(SimulatedProducer producer, UpdateTracker updates, SimulatedQueues queues) {
        Set<SentToken> letters = new HashSet<>();
        queues.takeDeadLetters().forEach(body -> SimulatedMessages.tokens(body).forEach(letters::add));
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
        return drained ? new LostUpdates(neither, rejected, 0) : new LostUpdates(0, rejected, neither);
    }
}
