package dev.nftrefresh.operator.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What {@code upload --wait} follows, as reports come one after the other. */
@Timeout(10)
final class ReportFollowerTest {
    private static final String OWN = "reports/c/0x1/a.ndjson.report.json";
    private static final String BESIDE = "reports/c/0x1/a.ndjson.v2.report.json";

    private final Bucket bucket = new Bucket();
    private final List<String> progress = new ArrayList<>();
    private final Queue<Runnable> events = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-30T10:00:00Z");

    @TempDir
    Path folder;

    /** A bucket that has reports. */
    private static final class Bucket implements S3Client {
        private final Map<String, String> objects = new HashMap<>();

        @Override
        public ResponseBytes<GetObjectResponse> getObjectAsBytes(GetObjectRequest get) {
            String text = objects.get(get.key());
            if (text == null) {
                throw NoSuchKeyException.builder().message(get.key()).build();
            }
            return ResponseBytes.fromByteArray(
                    GetObjectResponse.builder().build(), text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }

    private static String report(String startedAt, String rest) {
        return "{\"status\":\"done\",\"detail\":null,\"tokens_queued\":3,\"tokens_rejected\":1,\"started_at\":\""
                + startedAt + "\"" + rest + "}";
    }

    private static String loaded(int accepted) {
        return ",\"finished_at\":\"2026-11-30T10:00:00Z\",\"tokens_accepted\":" + accepted
                + ",\"tokens_superseded\":0,\"tokens_dead_lettered\":0";
    }

    private static String settled() {
        return loaded(3) + ",\"settled_at\":\"2026-11-30T10:05:00Z\"";
    }

    private FileReport follow() throws InterruptedException {
        var file = new BucketFile(bucket, "bucket", "c/0x1/a.ndjson");
        var follower = new ReportFollower(file, "v2", file.report(), () -> now, time -> {
            now = now.plus(time);
            events.remove().run();
        });
        return follower.follow(report -> progress.add(report == null ? "none" : report.progress()));
    }

    private void then(String key, String report) {
        events.add(() -> bucket.objects.put(key, report));
    }

    @Test
    void theReportIsFollowedToTheLastToken() throws InterruptedException {
        then(OWN, report("t2", ",\"finished_at\":null"));
        then(OWN, report("t2", loaded(1)));
        then(OWN, report("t2", settled()));

        FileReport report = follow();

        assertThat(progress)
                .containsExactly("none", "3 tokens queued", "1 of 3 tokens settled", "3 of 3 tokens settled");
        assertThat(report.isGood()).isTrue();
        assertThat(report.sentence())
                .isEqualTo("The file is loaded: 3 tokens queued, 1 refused. Accepted 3, superseded by a newer update 0,"
                        + " dead-lettered 0.");
    }

    @Test
    void theReportOfAnEarlierUploadIsNotMistakenForThisOne() throws InterruptedException {
        bucket.objects.put(OWN, report("t1", settled()));
        then(OWN, report("t2", settled()));

        assertThat(follow().startedAt()).isEqualTo("t2");
        assertThat(progress).containsExactly("none", "3 of 3 tokens settled");
    }

    @Test
    void aFileThatIsReplacedMeanwhileIsFollowedBesideTheNewerOne() throws InterruptedException {
        then(OWN, report("t2", loaded(1)));
        then(OWN, report("t3", loaded(0)));
        then(BESIDE, report("t2", settled()));

        assertThat(follow().startedAt()).isEqualTo("t2");
    }

    @Test
    void aTokenUnknownAfterFourteenDaysIsNotWaitedFor() throws InterruptedException {
        then(OWN, report("t2", loaded(2)));
        events.add(() -> now = now.plus(Duration.ofDays(14)));

        assertThat(follow().isSettled()).isFalse();
    }

    @Test
    void theReportOfALoaderThatDoesNotCountEndsWithTheLoad() throws InterruptedException {
        then(OWN, report("t2", ",\"finished_at\":null"));
        then(OWN, report("t2", ",\"finished_at\":\"2026-11-30T10:00:00Z\""));

        FileReport report = follow();

        assertThat(report.isCounted()).isFalse();
        assertThat(report.isGood()).isTrue();
        assertThat(report.sentence()).isEqualTo("The file is loaded: 3 tokens queued, 1 refused.");
    }

    @Test
    void oneTokenIsNotWrittenAsSeveral() {
        String one = report("t2", "").replace("\"tokens_queued\":3", "\"tokens_queued\":1");

        assertThat(FileReport.of(one))
                .isNotNull()
                .returns("1 token queued", FileReport::progress)
                .returns("The file is loaded: 1 token queued, 1 refused.", FileReport::sentence);
    }

    @Test
    void aFileWithNothingQueuedOrEverythingDeadLetteredIsBadNews() {
        assertThat(good("{\"status\":\"failed\",\"tokens_queued\":3}")).isFalse();
        assertThat(good("{\"status\":\"done\",\"tokens_queued\":0,\"settled_at\":\"t\"}"))
                .isFalse();
        assertThat(good("{\"status\":\"done\",\"tokens_queued\":2,\"tokens_dead_lettered\":2,\"settled_at\":\"t\"}"))
                .isFalse();
        assertThat(good("{\"status\":\"done\",\"tokens_queued\":2,\"tokens_dead_lettered\":1,\"settled_at\":\"t\"}"))
                .isTrue();
    }

    private static boolean good(String report) {
        FileReport read = FileReport.of(report);
        return read != null && read.isGood();
    }

    @Test
    void aPartIsARangeOfTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "0123456789");

        try (var part = new FilePart(file, 3, 4)) {
            assertThat(new String(part.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("3456");
        }
        try (var part = new FilePart(file, 8, 2)) {
            assertThat((char) part.read()).isEqualTo('8');
            assertThat((char) part.read()).isEqualTo('9');
            assertThat(part.read()).isEqualTo(-1);
        }
    }
}
