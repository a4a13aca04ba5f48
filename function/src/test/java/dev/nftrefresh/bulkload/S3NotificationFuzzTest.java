package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nftrefresh.bulkfile.BulkObjectKey;
import dev.nftrefresh.bulkfile.BulkObjectKeyReader;
import java.time.Duration;
import java.time.Instant;

/** Whatever stands in the queue of files, it tells of uploads that can be looked for, or is refused with a sentence. */
class S3NotificationFuzzTest {
    private static final BulkObjectKeyReader KEYS = new BulkObjectKeyReader("imtbl-zkevm-testnet");
    private static final Instant UPLOADED = Instant.parse("2026-11-23T10:00:00Z");

    @FuzzTest
    void noticeIsReadOrRefused(byte[] body) {
        switch (S3NotificationReader.read(body)) {
            case S3Notification.Unreadable(String detail) ->
                assertThat(detail).endsWith(".").hasSizeLessThan(500);
            case S3Notification.FileUploads(var uploads) -> {
                assertThat(uploads.size()).isLessThanOrEqualTo(body.length);
                uploads.forEach(S3NotificationFuzzTest::assertSound);
            }
        }
    }

    private static void assertSound(FileUpload upload) {
        assertThat(upload.identity()).isNotEmpty();
        assertThat(upload.object().toString().codePoints())
                .noneMatch(character -> Character.getType(character) == Character.CONTROL);
        if (KEYS.read(upload.object().key()) instanceof BulkObjectKey.Invalid(String detail)) {
            assertThat(detail).endsWith(".");
        }
        if (upload.notifiedAt() != null) {
            // Compared with the time of the object; never added to.
            assertThat(Duration.between(UPLOADED, upload.notifiedAt())).isNotNull();
        }
    }
}
