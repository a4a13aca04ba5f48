package dev.nftrefresh.queue;

import static dev.nftrefresh.queue.MessageOutcomes.ACCEPTED;
import static dev.nftrefresh.queue.MessageOutcomes.SENT;
import static dev.nftrefresh.queue.MessageOutcomes.body;
import static dev.nftrefresh.queue.MessageOutcomes.outcome;
import static dev.nftrefresh.queue.MessageOutcomes.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.SettledTokens;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableUnavailableException;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;

/** The table takes no record of how the tokens of files are settled. */
class EventSettlementTest {
    private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/0/nft-refresh";
    private static final Clock CLOCK = Clock.fixed(SENT.plusSeconds(60), ZoneOffset.UTC);

    private final EventSettlement settlement = new EventSettlement(
            new SqsSender(new Sqs(), QUEUE),
            new SqsSender(new Sqs(), QUEUE),
            new SqsVisibilityChanger(
                    new Sqs(), QUEUE, new VisibilityTimeouts(Duration.ofMinutes(11), new SplittableRandom(1))),
            new SettledTokens(new UnwritableTable()),
            RefreshMetrics.NONE,
            false);

    /** Takes every wait. */
    private static final class Sqs implements SqsClient {
        @Override
        public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest request) {
            return ChangeMessageVisibilityBatchResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private static final class UnwritableTable implements SharedTable {
        @Override
        public ReadResult read(Collection<ItemKey> keys, Duration timeout) {
            return ReadResult.allUnread(keys, "It is down.");
        }

        @Override
        public Map<ItemKey, TableItem> readPartition(String partition, Duration timeout)
                throws TableUnavailableException {
            throw new TableUnavailableException("It is down.", null);
        }

        @Override
        public List<WriteResult> write(List<ConditionalWrite> writes, Duration timeout) {
            return writes.stream()
                    .<WriteResult>map(_ -> new WriteResult.Failed("It is down."))
                    .toList();
        }
    }

    private Set<String> settle(int receives, FileTokenPosition... places) {
        var message = new QueuedMessage(
                "m-1",
                "r-1",
                Utf8MessageBody.of(body(token("1"))),
                SENT,
                receives,
                SENT,
                receives,
                null,
                List.of(places));
        return settlement.settle(
                List.of(outcome(message, ACCEPTED)),
                new SqsCallDeadline(CLOCK, CLOCK.instant().plusSeconds(30)),
                new JsonLogger(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), CLOCK));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30})
    void aMessageOfAFileWaitsUntilItsRecordCanBeWritten(int receives) {
        assertThat(settle(receives, new FileTokenPosition("f", 0))).containsExactly("m-1");
    }

    @Test
    void aMessageThatWasReceivedTooOftenEndsWithoutARecord() {
        assertThat(settle(31, new FileTokenPosition("f", 0))).isEmpty();
    }

    @Test
    void aMessageFromNoFileNeedsNoRecord() {
        assertThat(settle(1)).isEmpty();
    }
}
