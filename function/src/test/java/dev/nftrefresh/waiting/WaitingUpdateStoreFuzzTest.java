package dev.nftrefresh.waiting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nftrefresh.batch.RemainingCapacity;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenLimits;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whatever a row of waiting updates contains, only updates that were added are taken, and it holds back none after it.
 */
class WaitingUpdateStoreFuzzTest {
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    private static final TokenUpdate BEHIND = update("4711", "{\"token_id\":\"4711\"}");

    @FuzzTest
    void rowIsReadOrPassedOver(byte[] content) {
        String text = new String(content, UTF_8);
        var table = new InMemoryTable();
        var waitingStore = new TableWaitingUpdateStore(table, "b", () -> NOW);
        String before = NOW.minusSeconds(60) + " a/0";
        table.write(
                List.of(new SharedTable.ConditionalWrite(
                        new SharedTable.ItemKey("room " + SWORDS, before), null, text, null)),
                AT_MOST);
        waitingStore.add(List.of(BEHIND), WaitingUpdateStore.WaitingUpdates.EMPTY, NOW, NOW, AT_MOST);

        WaitingUpdateStore.WaitingUpdates waitingUpdates = waitingStore.find(SWORDS, AT_MOST);
        List<TokenUpdate> updates = waitingUpdates.updates();
        assertThat(described(updates))
                .contains(described(List.of(BEHIND)).getFirst())
                .hasSizeLessThanOrEqualTo(content.length + 1);
        List<TokenUpdate> others = updates.subList(0, updates.size() - 1);
        others.forEach(WaitingUpdateStoreFuzzTest::assertSound);
        assertThat(described(WaitingUpdatesJson.updates(SWORDS, WaitingUpdatesJson.text(others))))
                .isEqualTo(described(others));

        RemainingCapacity empty = RemainingCapacity.after(List.of());
        boolean allFit =
                empty.countThatFit(updates.stream().map(TokenUpdate::json).toList()) == updates.size();
        List<TokenUpdate> taken = waitingUpdates.take(empty, _ -> true, AT_MOST);
        if (allFit) {
            assertThat(described(taken)).isEqualTo(described(updates));
            assertThat(waitingStore.find(SWORDS, AT_MOST).updates()).isEmpty();
        }
    }

    private static void assertSound(TokenUpdate update) {
        assertThat(update.json().length()).isBetween(2, TokenLimits.MAX_BYTES);
        assertThat(update.version().hash()).isEqualTo(update.json().hash());
    }

    private static List<String> described(List<TokenUpdate> updates) {
        return updates.stream()
                .map(update -> update.key() + " " + update.version() + " " + update.json())
                .toList();
    }

    private static TokenUpdate update(String tokenId, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        var token = new TokenJson(bytes, 0, bytes.length);
        return new TokenUpdate(new TokenKey(SWORDS, tokenId), new UpdateVersion(NOW, token.hash()), token);
    }
}
