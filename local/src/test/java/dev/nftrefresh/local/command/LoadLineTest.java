package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LoadLineTest {
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final LoadLine line = new LoadLine(() -> now);

    @Test
    void saysHowManyTokensWereReadHowFastAndHowLongTheRestTakes() {
        assertThat(line.reading(0, 1_000_000_000, 0))
                .isEqualTo("load [----------------]   0 %  0 tokens  0.0 MB/s  ? left");
        line.reading(10_000_000, 1_000_000_000, 9_000);
        now = now.plusSeconds(2);

        assertThat(line.reading(250_000_000, 1_000_000_000, 240_000))
                .isEqualTo("load [####------------]  25 %  240,000 tokens  120.0 MB/s  0:06 left");
    }

    @Test
    void saysHowManyTokensWereSentAndHowLongTheRestTakes() {
        line.sending(1, 1_000_000);
        now = now.plusSeconds(100);

        String said = line.sending(1_001, 1_000_000);

        assertThat(said)
                .isEqualTo("send [----------------]   0 %  1,001 of 1,000,000 tokens  10/s  27:44:59 left")
                .hasSizeLessThan(80);
    }

    @Test
    void theBarIsFullAtTheEnd() {
        line.reading(1, 50, 0);
        now = now.plusSeconds(1);

        assertThat(line.reading(50, 50, 7)).contains("[################] 100 %").endsWith("0:00 left");
    }

    @Test
    void aFileWithoutTokensHasNothingToSend() {
        assertThat(line.sending(0, 0)).isEqualTo("send [----------------]   0 %  0 of 0 tokens  0/s  ? left");
    }
}
