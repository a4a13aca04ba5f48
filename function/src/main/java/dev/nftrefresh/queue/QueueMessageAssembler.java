package dev.nftrefresh.queue;

import dev.nftrefresh.update.CollectionId;
import java.time.Instant;
import java.util.List;

/** Writes a queue message that can be read again, with the version that its tokens already had. */
final class QueueMessageAssembler {
    private QueueMessageAssembler() {}

    /** The size in bytes of a body without elements. */
    static int emptyBytes(CollectionId collection, Instant version) {
        return new QueueMessageWriter(collection, version, 0).bytes();
    }

    static String of(CollectionId collection, Instant version, List<OutgoingElement> elements) {
        int bytes =
                elements.stream().mapToInt(element -> element.bytes(version)).sum();
        var message = new QueueMessageWriter(collection, version, bytes);
        elements.forEach(element -> element.writeTo(message, version));
        return message.end();
    }
}
