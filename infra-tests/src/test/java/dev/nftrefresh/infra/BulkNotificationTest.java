package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** What S3 notifies the loader of, and what else than uploads. */
@OnLocalStack
final class BulkNotificationTest {
    private final StackDeployment sandbox;
    private final BulkBucket bucket;

    BulkNotificationTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
        bucket = sandbox.bulkBucket;
    }

    @Test
    void anObjectNotifiedTwiceIsLoadedOnce() {
        String file = BulkBucket.FOLDER + "told + twice.ndjson";
        String version = bucket.upload(file, UpdateMessages.token("730001"));
        assertThat(bucket.awaitOutcome(file)).isEqualTo(BulkReport.done(1, 1));
        sandbox.awaitAcceptedFromBulk(List.of("730001"));
        JsonNode report = bucket.report(file);

        deliver(S3NotificationMessage.upload(bucket.name(), "incoming/" + file, version));

        // A second load would have begun a new report, with other times.
        assertThat(bucket.report(file)).isEqualTo(report);
        assertThat(sandbox.accepted(List.of("730001"))).hasSize(1);
    }

    @Test
    void aTestEventIsConsumedAndDeleted() {
        List<String> reports = bucket.reports();

        deliver(S3NotificationMessage.testEvent(bucket.name()));

        assertThat(bucket.reports()).isEqualTo(reports);
    }

    @Test
    void s3NotifiesOfFilesAndNotOfReports() {
        String file = BulkBucket.FOLDER + "season.ndjson";
        // So that the test receives instead of the loader.
        sandbox.loader.stopPolling();
        try {
            bucket.put("reports/" + BulkBucket.FOLDER + "any.ndjson", UpdateMessages.token("730002"));
            bucket.upload(file, UpdateMessages.token("730002"));

            Message notice = sandbox.bulkQueue.take(1).getFirst();
            assertThat(notice.body()).contains("\"ObjectCreated:Put\"", "incoming/" + file);
            await("nothing more")
                    .during(Duration.ofSeconds(1))
                    .until(() -> sandbox.bulkQueue.depth().equals(StackQueue.Depth.EMPTY));
        } finally {
            sandbox.loader.startPolling();
        }
    }

    /** In case somebody makes S3 send notifications of the whole bucket. */
    @Test
    void aNotificationOfAReportIsConsumedAndDeleted() {
        List<String> reports = bucket.reports();

        deliver(S3NotificationMessage.upload(
                bucket.name(), "reports/" + BulkBucket.FOLDER + "any.ndjson.report.json", "1"));

        assertThat(bucket.reports()).isEqualTo(reports);
    }

    /**
     * Waits until it is neither in the queue any more nor hidden for another try, which is the loader's doing alone.
     */
    private void deliver(String notice) {
        sandbox.bulkQueue.send(List.of(notice));
        sandbox.awaitEmptyBulkQueues();
    }
}
