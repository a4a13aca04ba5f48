package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class S3NotificationReaderTest {
    private static S3Notification read(String body) {
        return S3NotificationReader.read(BulkLoaderFixture.utf8(body));
    }

    private static String record(String event, String key, String more) {
        return "{\"eventName\":\"%s\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"%s\"%s}},\"x\":[{\"key\":1}]}"
                .formatted(event, key, more);
    }

    private static String notice(String... records) {
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "incoming/a.json|incoming/a.json",
                "incoming/a+b%2Bc%25.json|incoming/a b+c%.json",
                "incoming/%C3%A9%F0%9F%97%A1.json|incoming/é🗡.json",
            })
    void keysAreDecoded(String encoded, String key) {
        assertThat(read(notice(record("ObjectCreated:Put", encoded, ",\"versionId\":\"v1\""))))
                .isEqualTo(new S3Notification.FileUploads(
                        List.of(new FileUpload(new ObjectVersionId("b", key, "v1"), "v1", null))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"sequencer\":\"0A\"",
                ",\"sequencer\":\"0A\",\"versionId\":\"null\"",
                ",\"sequencer\":\"0A\",\"versionId\":null"
            })
    void withoutVersionsTheSequenceNumberDistinguishesUploads(String more) {
        assertThat(read(notice(record("ObjectCreated:Put", "k", more))))
                .isEqualTo(new S3Notification.FileUploads(
                        List.of(new FileUpload(new ObjectVersionId("b", "k", null), "sequencer-0A", null))));
    }

    @Test
    void everyWayToUploadCountsAndNothingElseDoes() {
        S3Notification read = read(notice(
                record("ObjectCreated:Put", "1", ",\"versionId\":\"v\""),
                record("ObjectRemoved:Delete", "2", ",\"versionId\":\"v\""),
                record("ObjectCreated:CompleteMultipartUpload", "3", ",\"versionId\":\"v\""),
                record("ObjectCreated:Copy", "4", ",\"versionId\":\"v\"")));

        assertThat(((S3Notification.FileUploads) read).uploads())
                .extracting(upload -> upload.object().key())
                .containsExactly("1", "3", "4");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-23T10:00:00.123Z,2026-11-23T10:00:00.123Z", "yesterday,"})
    void theTimeWhenS3HadReceivedTheFileIsRead(String eventTime, @Nullable Instant notifiedAt) {
        String record = record("ObjectCreated:Put", "k", ",\"versionId\":\"v\"")
                .replace("\"eventName\"", "\"eventTime\":\"" + eventTime + "\",\"eventName\"");

        assertThat(((S3Notification.FileUploads) read(notice(record))).uploads())
                .singleElement()
                .satisfies(upload -> assertThat(upload.notifiedAt()).isEqualTo(notifiedAt));
    }

    @Test
    void theTestOfANewNotificationIsUnderstood() {
        assertThat(read("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\",\"HostId\":\"h\"}"))
                .isEqualTo(new S3Notification.FileUploads(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{}",
                "17",
                "{\"Records\":{}}",
                "{\"Records\":[{}]}",
                "{\"Records\":[17]}",
                "{\"Records\":[",
                "{\"chain_name\":\"imtbl-zkevm-testnet\",\"nft_metadata\":[]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"%ZZ\"}}}]}"
            })
    void anyOtherMessageIsReportedAsNoNotification(String body) {
        assertThat(read(body)).isInstanceOf(S3Notification.Unreadable.class);
        assertThat(((S3Notification.Unreadable) read(body)).detail())
                .startsWith("The message is not a notification from S3: ")
                .endsWith(". Only the bucket of bulk files may send to this queue; delete the message.");
    }

    /** Paths to all that stands there would take 100 times as much as the function has. */
    @Test
    void aDeepNotificationTakesNoMoreMemory() {
        String name = "\"" + "n".repeat(500) + "\":";
        String deep = ("{" + name).repeat(900) + "{" + "\"a\":1,".repeat(70_000) + "\"b\":1}" + "}".repeat(900);

        assertThat(read(notice("{\"x\":" + deep + "}"))).isInstanceOf(S3Notification.Unreadable.class);
        assertThat(read("{\"x\":" + deep + "}")).isInstanceOf(S3Notification.Unreadable.class);
    }
}
