package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nftrefresh.ledger.TokenStatus.VersionAt;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.TableUnavailable;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenStatusTest {
    private static final TokenKey TOKEN = new TokenKey(new CollectionId("chain", "0x1"), "7");
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Version VERSION = new Version(NOON.minusSeconds(60), 1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Table table = new MemoryTable();

    private void write(String content) {
        assertThat(table.write(
                        List.of(new Write(new Table.Key("token chain/0x1/7", "entry"), null, content, null)), PATIENCE))
                .containsExactly(new Table.Written.Done());
    }

    @Test
    void isUnknownWithoutAnItem() throws TableUnavailable {
        assertThat(TokenStatus.read(table, TOKEN, PATIENCE)).isEqualTo(TokenStatus.UNKNOWN);
    }

    @Test
    void saysWhichVersionWasAcceptedAndWhen() throws TableUnavailable {
        write(TokenStateText.of(TokenState.NONE.accepted("request", VERSION, NOON, false)));

        assertThat(TokenStatus.read(table, TOKEN, PATIENCE))
                .isEqualTo(new TokenStatus(true, new VersionAt(VERSION, NOON), null, null, null));
    }

    @Test
    void saysThatItWasSentThoughNothingIsKnownOfIt() throws TableUnavailable {
        write(TokenStateText.of(TokenState.NONE));

        assertThat(TokenStatus.read(table, TOKEN, PATIENCE)).isEqualTo(new TokenStatus(true, null, null, null, null));
    }

    @Test
    void saysThatAnItemCannotBeRead() {
        write("{\"by\":\"hand\"}");

        assertThat(catchThrowable(() -> TokenStatus.read(table, TOKEN, PATIENCE)))
                .isInstanceOf(TableUnavailable.class)
                .hasMessage("The item \"token chain/0x1/7\" of the table cannot be read: see"
                        + " docs/operations.md#table-unavailable.");
    }
}
