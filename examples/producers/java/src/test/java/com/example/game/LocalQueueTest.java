package com.example.game;

import static com.example.game.Samples.NOON;
import static com.example.game.Samples.sword;
import static com.example.game.Samples.swords;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Sends to the queue of {@code ./nft-refresh run --listen}; {@code examples/test} starts it and looks at what arrives. */
@EnabledIfEnvironmentVariable(named = "REFRESH_QUEUE_URL", matches = ".+")
class LocalQueueTest {
    @Test
    void queuesOneUpdateAndABatch() throws Exception {
        try (var sqs = SqsClient.create()) {
            var producer = new TokenUpdateProducer(sqs, System.getenv("REFRESH_QUEUE_URL"), Duration.ofMillis(100));

            producer.send(sword("1", "Sword", NOON));

            var updates = new ArrayList<>(swords(2, 26));
            updates.add(sword("27", "Sharpened sword", NOON.plusSeconds(1)));
            updates.add(sword("27", "Sword", NOON)); // older, so it must not win
            updates.add(sword("0x1c", "Sword", NOON)); // refused by the function: the id is not decimal
            producer.sendAll(updates);
        }
    }
}
