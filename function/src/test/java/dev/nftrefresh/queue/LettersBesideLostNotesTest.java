package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.MessageOutcomes.ACCEPTED;
import static dev.nftrefresh.queue.MessageOutcomes.SENT;
import static dev.nftrefresh.queue.MessageOutcomes.body;
import static dev.nftrefresh.queue.MessageOutcomes.outcome;
import static dev.nftrefresh.queue.MessageOutcomes.rejected;
import static dev.nftrefresh.queue.MessageOutcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.telemetry.EmfRefreshMetrics;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.update.RejectReason;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Messages of a file whose tokens' ends cannot be noted, while everything else works. */
final class LettersBesideLostNotesTest {
    private final List<String> letters = new ArrayList<>();

    @Test
    void aRejectedTokenMakesOneLetter() {
        var sqs = new CountingSqs();
        var silent = new PrintStream(OutputStream.nullOutputStream());
        var settlement = new EventSettlement(
                new SqsSender(sqs, "bulk"),
                new SqsSender(sqs, "letters"),
                new SqsVisibilityChanger(sqs, "bulk", new VisibilityTimeouts(Duration.ofMinutes(11), new Random(1))),
                new SettledTokens(new UnwritableTable()),
                new EmfRefreshMetrics("refresh", silent, Clock.systemUTC()),
                false);
        var log = new JsonLogger(silent, Clock.systemUTC());
        boolean stays = true;
        for (int receive = 1; stays; receive++) {
            var places = List.of(new FileTokenPosition("f", 0), new FileTokenPosition("f", 1));
            var message = new QueuedMessage(
                    "m-1",
                    "r-1",
                    Utf8MessageBody.of(body(token("1"), token("2"))),
                    SENT,
                    receive,
                    SENT,
                    receive,
                    null,
                    places);
            var now = SENT.plusSeconds(30L * receive);
            stays = !settlement
                    .settle(
                            List.of(outcome(message, ACCEPTED, rejected(RejectReason.REFUSED_BY_API, "refused"))),
                            new SqsCallDeadline(() -> now, now.plusSeconds(10)),
                            log)
                    .isEmpty();
        }

        assertThat(letters).hasSize(1);
    }

    private final class CountingSqs implements SqsClient {
        @Override
        public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
            if (request.queueUrl().equals("letters")) {
                request.entries().forEach(entry -> letters.add(entry.messageBody()));
            }
            return SendMessageBatchResponse.builder().build();
        }

        @Override
        public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            return ChangeMessageVisibilityBatchResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {}
    }

    private static final class UnwritableTable implements SharedTable {
        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            return ReadResult.of(Map.of());
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout) {
            return Map.of();
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            return writes.stream()
                    .<WriteResult>map(_ -> new WriteResult.Failed("denied"))
                    .toList();
        }
    }
}
