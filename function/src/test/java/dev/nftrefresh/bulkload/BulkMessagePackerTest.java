package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.ExportTime;
import dev.nftrefresh.update.TokenJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BulkMessagePackerTest {
    private static final Instant BASE = Instant.parse("2026-11-25T10:00:00.999999999Z");
    private static final int FRAME = "{\"nft_metadata\":[]}".length();

    private final BulkMessagePacker packer =
            new BulkMessagePacker("f", new CollectionId(BulkLoaderFixture.CHAIN, BulkLoaderFixture.CONTRACT), BASE, 7);

    private static TokenJson json(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new TokenJson(utf8, 0, utf8.length);
    }

    /** Packs tokens of these sizes, and says how many went into each message. */
    private List<Integer> packed(List<Integer> sizes) {
        var packed = new ArrayList<Integer>();
        int open = 0;
        for (int i = 0; i < sizes.size(); i++) {
            TokenJson json = json(TokenLines.tokenOfBytes(i, sizes.get(i)));
            if (!packer.hasSpaceFor(String.valueOf(i), json, null)) {
                packer.finish();
                packed.add(open);
                open = 0;
            }
            packer.add(i, String.valueOf(i), json, null);
            open++;
        }
        packed.add(open);
        return packed;
    }

    @ParameterizedTest
    @CsvSource({"249,249", "250,250", "251,250 1", "501,250 250 1"})
    void aMessageHasUpTo250Tokens(int tokens, String messages) {
        assertThat(packed(Collections.nCopies(tokens, 200)))
                .extracting(String::valueOf)
                .containsExactly(messages.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"-1,15", "0,15", "1,14 1"})
    void theRequestOfAMessageHasUpTo228KiB(int more, String messages) {
        var sizes = new ArrayList<Integer>(Collections.nCopies(14, 16_000));
        int left = RefreshRequestLimits.BODY_BYTES - FRAME - 14 * 16_001;
        sizes.add(left + more);

        assertThat(packed(sizes)).extracting(String::valueOf).containsExactly(messages.split(" "));
    }

    @Test
    void ownTimesAreNotCountedBecauseTheyAreNotSent() {
        for (int i = 0; i < 15; i++) {
            int bytes = i < 14 ? 16_000 : RefreshRequestLimits.BODY_BYTES - FRAME - 14 * 16_001;
            TokenJson json = json(TokenLines.tokenOfBytes(i, bytes));
            assertThat(packer.hasSpaceFor("" + i, json, BASE)).isTrue();
            packer.add(i, "" + i, json, BASE);
        }
    }

    @Test
    void eachMessageIsANanosecondNewerAndSoAreItsTokensOwnTimes() {
        packer.add(0, "1", json("{\"a\":1}"), null);
        packer.add(2, "2", json("{\"b\":2}"), Instant.parse("2026-11-25T09:00:00Z"));
        PackedMessage first = packer.finish();
        packer.add(0, "1", json("{\"a\":1}"), Instant.parse("2026-11-25T09:00:00Z"));
        PackedMessage second = packer.finish();

        assertThat(first.body())
                .isEqualTo("{\"chain_name\":\"imtbl-zkevm-testnet\","
                        + "\"contract_address\":\"0x8a90cab2b38dba80c64b7734e58ee1db38b8992e\","
                        + "\"updated_at\":\"2026-11-25T10:00:01.000000006Z\",\"nft_metadata\":[{\"a\":1},"
                        + "{\"updated_at\":\"2026-11-25T09:00:00.000000007Z\",\"b\":2}]}");
        assertThat(first.places()).isEqualTo("f:0,2");
        assertThat(first.bytes()).isEqualTo(first.outgoing().bytes());
        assertThat(second.body())
                .contains("\"updated_at\":\"2026-11-25T10:00:01.000000007Z\"")
                .contains("{\"updated_at\":\"2026-11-25T09:00:00.000000008Z\",\"a\":1}");
    }

    @Test
    void theEarlierOfTwoUpdatesOfATokenIsANanosecondOlder() {
        packer.add(0, "1", json("{\"a\":1}"), null);
        packer.add(0, "2", json("{\"b\":1}"), null);
        packer.add(0, "1", json("{\"a\":2}"), null);
        packer.add(0, "1", json("{\"a\":3}"), null);

        assertThat(packer.finish().body())
                .contains(
                        "{\"updated_at\":\"2026-11-25T10:00:01.000000004Z\",\"a\":1}",
                        "{\"b\":1}",
                        "{\"updated_at\":\"2026-11-25T10:00:01.000000005Z\",\"a\":2}",
                        "{\"updated_at\":\"2026-11-25T10:00:01.000000006Z\",\"a\":3}");
    }

    @Test
    void anOlderUpdateAtALaterPlaceStaysOlder() {
        packer.add(0, "1", json("{\"a\":1}"), BASE.plusSeconds(1));
        packer.add(0, "1", json("{\"a\":2}"), null);

        assertThat(packer.finish().body())
                .contains(
                        "{\"updated_at\":\"2026-11-25T10:00:02.000000006Z\",\"a\":1}",
                        "{\"updated_at\":\"2026-11-25T10:00:01.000000006Z\",\"a\":2}");
    }

    @Test
    void aTokenWithTheEarliestValidTimeOccursOnlyOnceInAMessage() {
        packer.add(0, "1", json("{\"a\":1}"), ExportTime.EARLIEST);

        assertThat(packer.hasSpaceFor("1", json("{\"a\":2}"), ExportTime.EARLIEST))
                .isFalse();
        assertThat(packer.hasSpaceFor("1", json("{\"a\":2}"), ExportTime.EARLIEST.plusNanos(242)))
                .isFalse();
        assertThat(packer.hasSpaceFor("1", json("{\"a\":2}"), ExportTime.EARLIEST.plusNanos(243)))
                .isTrue();
        assertThat(packer.hasSpaceFor("2", json("{\"a\":2}"), ExportTime.EARLIEST))
                .isTrue();
    }
}
