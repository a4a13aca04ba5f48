package dev.nftrefresh.local.sqs;

import java.util.Comparator;
import java.util.Objects;
import java.util.TreeMap;

/** In an order that follows from a seed and from the messages alone, and not from when they came. */
final class ShuffledMessages implements VisibleMessages {
    private record ShuffledPlace(long number, String id) implements Comparable<ShuffledPlace> {
        private static final Comparator<ShuffledPlace> ORDER =
                Comparator.comparingLong(ShuffledPlace::number).thenComparing(ShuffledPlace::id);

        @Override
        public int compareTo(ShuffledPlace other) {
            return ORDER.compare(this, other);
        }
    }

    private final long seed;
    private final TreeMap<ShuffledPlace, StoredMessage> messages = new TreeMap<>();

    ShuffledMessages(long seed) {
        this.seed = seed;
    }

    @Override
    public void add(StoredMessage message) {
        messages.put(place(message), message);
    }

    @Override
    public void remove(StoredMessage message) {
        messages.remove(place(message));
    }

    /** The same for as long as it is visible: it is received, and so counted, only when it is taken. */
    private ShuffledPlace place(StoredMessage message) {
        return new ShuffledPlace(mixed(seed + message.id.hashCode() * 31L + message.receiveCount), message.id);
    }

    @Override
    public StoredMessage takeNext() {
        return Objects.requireNonNull(messages.pollFirstEntry()).getValue();
    }

    @Override
    public int size() {
        return messages.size();
    }

    /** Another number for each, far from those of its neighbours. */
    static long mixed(long number) {
        long mixed = number * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
