package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Lines that say themselves when their update was made, to the microsecond as databases do. */
final class OwnTimesOfLongFilesTest {
    private static final Pattern VERSION = Pattern.compile("\\{\"updated_at\":\"([^\"]+)\"");

    private static Instant version(long message, Instant own) {
        var packer = new BulkMessagePacker(
                "f",
                new CollectionId(BulkLoaderFixture.CHAIN, BulkLoaderFixture.CONTRACT),
                Instant.parse("2026-11-25T10:00:00Z"),
                message);
        byte[] json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        packer.add(0, "1", new TokenJson(json, 0, json.length), own);
        Matcher found = VERSION.matcher(packer.finish().body());
        assertThat(found.find()).isTrue();
        return Instant.parse(found.group(1));
    }

    @Test
    void ofTwoLinesOfOneTokenTheOneThatSaysALaterTimeIsNewer() {
        Instant newer = Instant.parse("2026-11-25T09:00:00.000001Z");
        Instant older = Instant.parse("2026-11-25T09:00:00.000000Z");

        assertThat(version(4_000, older)).isBefore(version(0, newer));
    }
}
