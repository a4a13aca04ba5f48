package dev.nftrefresh.local.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** In no order, as a standard queue spreads its messages over hosts and asks some of them. */
final class SampledMessages implements VisibleMessages {
    private final RandomGenerator random;
    private final List<StoredMessage> messages = new ArrayList<>();

    SampledMessages(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public void add(StoredMessage message) {
        message.place = messages.size();
        messages.add(message);
    }

    @Override
    public void remove(StoredMessage message) {
        if (message.place < messages.size() && messages.get(message.place) == message) {
            take(message.place);
        }
    }

    @Override
    public StoredMessage takeNext() {
        return take(random.nextInt(messages.size()));
    }

    private StoredMessage take(int place) {
        StoredMessage taken = messages.get(place);
        StoredMessage last = messages.removeLast();
        if (last != taken) {
            messages.set(place, last);
            last.place = place;
        }
        return taken;
    }

    @Override
    public int size() {
        return messages.size();
    }
}
