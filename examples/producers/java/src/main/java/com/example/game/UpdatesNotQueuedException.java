package com.example.game;

import java.util.List;

/** SQS did not take some updates. Sending them again is safe, and so is sending all of them again. */
public final class UpdatesNotQueuedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<TokenUpdate> updates;

    UpdatesNotQueuedException(List<TokenUpdate> updates, String reason) {
        super("SQS did not take %d updates; the last reason: %s".formatted(updates.size(), reason));
        this.updates = List.copyOf(updates);
    }

    /** Those that are not in the queue. */
    public List<TokenUpdate> updates() {
        return updates;
    }
}
