package dev.nftrefresh.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nftrefresh.file.BulkKey;
import dev.nftrefresh.file.BulkKeyReader;
import java.time.Duration;
import java.time.Instant;

/** Whatever stands in the queue of files, it tells of uploads that can be looked for, or is refused with a sentence. */
class S3NoticeFuzzTest {
    private static final BulkKeyReader KEYS = new BulkKeyReader("imtbl-zkevm-testnet");
    private static final Instant UPLOADED = Instant.parse("2026-11-23T10:00:00Z");

    @FuzzTest
    void noticeIsReadOrRefused(byte[] body) {
        switch (S3NoticeReader.read(body)) {
            case S3Notice.Unreadable(String detail) ->
                assertThat(detail).endsWith(".").hasSizeLessThan(500);
            case S3Notice.Uploads(var uploads) -> {
                assertThat(uploads.size()).isLessThanOrEqualTo(body.length);
                uploads.forEach(S3NoticeFuzzTest::assertSound);
            }
        }
    }

    private static void assertSound(Upload upload) {
        assertThat(upload.identity()).isNotEmpty();
        assertThat(upload.object().toString().codePoints())
                .noneMatch(character -> Character.getType(character) == Character.CONTROL);
        if (KEYS.read(upload.object().key()) instanceof BulkKey.Wrong(String detail)) {
            assertThat(detail).endsWith(".");
        }
        if (upload.toldAt() != null) {
            // Compared with the time of the object; never added to.
            assertThat(Duration.between(UPLOADED, upload.toldAt())).isNotNull();
        }
    }
}
