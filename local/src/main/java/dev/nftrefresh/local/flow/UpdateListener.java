package dev.nftrefresh.local.flow;

import dev.nftrefresh.update.TokenUpdate;
import java.time.Instant;

/** Is notified by an {@link ObservedTokenLedger} of the outcomes of updates; called by many threads. */
interface UpdateListener {
    /** This update was accepted now. */
    void accepted(TokenUpdate update, Instant now);

    /** This update is superseded: it, or a newer one of its token, was accepted before. */
    void alreadyAccepted(TokenUpdate update);

    /** This update never will be accepted. */
    void rejected(TokenUpdate update);
}
