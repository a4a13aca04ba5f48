package dev.nftrefresh.local.sqs;

import java.util.LinkedHashSet;

/** The messages of a queue that can be received, and which of them is next; used under the queue's lock only. */
interface VisibleMessages {
    void add(StoredMessage message);

    /** Takes it out if it is in. */
    void remove(StoredMessage message);

    /** Takes the one that is received next; there has to be one. */
    StoredMessage takeNext();

    int size();

    default boolean isEmpty() {
        return size() == 0;
    }

    /** In the order in which they became visible. */
    final class InOrderMessages implements VisibleMessages {
        private final LinkedHashSet<StoredMessage> messages = new LinkedHashSet<>();

        @Override
        public void add(StoredMessage message) {
            messages.add(message);
        }

        @Override
        public void remove(StoredMessage message) {
            messages.remove(message);
        }

        @Override
        public StoredMessage takeNext() {
            return messages.removeFirst();
        }

        @Override
        public int size() {
            return messages.size();
        }
    }
}
