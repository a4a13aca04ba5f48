package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nftrefresh.ledger.TokenStatus.VersionAt;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.TableUnavailableException;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenStatusTest {
    private static final TokenKey TOKEN = new TokenKey(new CollectionId("chain", "0x1"), "7");
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final UpdateVersion VERSION = new UpdateVersion(NOON.minusSeconds(60), 1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SharedTable table = new InMemoryTable();

    private void write(String content) {
        assertThat(table.write(
                        List.of(new ConditionalWrite(
                                new SharedTable.ItemKey("token chain/0x1/7", "entry"), null, content, null)),
                        PATIENCE))
                .containsExactly(new SharedTable.WriteResult.Succeeded());
    }

    @Test
    void isUnknownWithoutAnItem() throws TableUnavailableException {
        assertThat(TokenStatus.read(table, TOKEN, PATIENCE)).isEqualTo(TokenStatus.UNKNOWN);
    }

    @Test
    void saysWhichVersionWasAcceptedAndWhen() throws TableUnavailableException {
        write(TokenStateJson.of(TokenState.NONE.accepted("request", VERSION, NOON, false)));

        assertThat(TokenStatus.read(table, TOKEN, PATIENCE))
                .isEqualTo(new TokenStatus(true, new VersionAt(VERSION, NOON), null, null, null));
    }

    @Test
    void saysThatItWasSentAlthoughNothingIsKnownAboutIt() throws TableUnavailableException {
        write(TokenStateJson.of(TokenState.NONE));

        assertThat(TokenStatus.read(table, TOKEN, PATIENCE)).isEqualTo(new TokenStatus(true, null, null, null, null));
    }

    @Test
    void saysThatAnItemCannotBeRead() {
        write("{\"by\":\"hand\"}");

        assertThat(catchThrowable(() -> TokenStatus.read(table, TOKEN, PATIENCE)))
                .isInstanceOf(TableUnavailableException.class)
                .hasMessage("The item \"token chain/0x1/7\" of the table cannot be read: see"
                        + " docs/operations.md#table-unavailable.");
    }
}
