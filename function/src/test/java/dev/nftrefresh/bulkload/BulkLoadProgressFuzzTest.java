package dev.nftrefresh.bulkload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the item of a load contains, it is read as a position in the file from which the load continues. */
class BulkLoadProgressFuzzTest {
    @FuzzTest
    void itemIsReadOrTheFileIsLoadedAnew(byte[] content) {
        BulkLoadProgress progress = BulkLoadProgress.of(new String(content, UTF_8));

        assertThat(progress.checkpoint().position().line()).isNotNegative();
        assertThat(progress.checkpoint().position().offset()).isNotNegative();
        assertThat(progress.checkpoint().position().element()).isGreaterThanOrEqualTo(-1);
        assertThat(progress.messageEndsAfter()).isGreaterThanOrEqualTo(-1);
        assertThat(progress.parts()).isNotNegative();
        assertThat(progress.partBytes()).isNotNegative();
        assertThat(BulkLoadProgress.of(progress.text())).isEqualTo(progress);
    }
}
