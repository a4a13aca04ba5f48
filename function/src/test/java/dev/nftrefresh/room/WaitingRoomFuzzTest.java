package dev.nftrefresh.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nftrefresh.batch.Vacancy;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenJson;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenLimits;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whatever stands in a row of the waiting room, what is taken out of it is what somebody put in, and it keeps back nobody
 * who sits behind it.
 */
class WaitingRoomFuzzTest {
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    private static final TokenUpdate BEHIND = update("4711", "{\"token_id\":\"4711\"}");

    @FuzzTest
    void rowIsReadOrPassedOver(byte[] content) {
        String text = new String(content, UTF_8);
        var table = new MemoryTable();
        var room = new TableWaitingRoom(table, "b", () -> NOW);
        String before = NOW.minusSeconds(60) + " a/0";
        table.write(List.of(new Table.Write(new Table.Key("room " + SWORDS, before), null, text, null)), AT_MOST);
        room.enter(List.of(BEHIND), WaitingRoom.Seated.NOBODY, NOW, NOW, AT_MOST);

        WaitingRoom.Seated seated = room.look(SWORDS, AT_MOST);
        List<TokenUpdate> updates = seated.updates();
        assertThat(described(updates))
                .contains(described(List.of(BEHIND)).getFirst())
                .hasSizeLessThanOrEqualTo(content.length + 1);
        List<TokenUpdate> others = updates.subList(0, updates.size() - 1);
        others.forEach(WaitingRoomFuzzTest::assertSound);
        assertThat(described(Slip.updates(SWORDS, Slip.text(others)))).isEqualTo(described(others));

        Vacancy empty = Vacancy.beside(List.of());
        boolean allFit = empty.holds(updates.stream().map(TokenUpdate::json).toList()) == updates.size();
        List<TokenUpdate> taken = seated.take(empty, _ -> true, AT_MOST);
        if (allFit) {
            assertThat(described(taken)).isEqualTo(described(updates));
            assertThat(room.look(SWORDS, AT_MOST).updates()).isEmpty();
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
        return new TokenUpdate(new TokenKey(SWORDS, tokenId), new Version(NOW, token.hash()), token);
    }
}
