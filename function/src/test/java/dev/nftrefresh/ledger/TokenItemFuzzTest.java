package dev.nftrefresh.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.AlreadyAccepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.ClaimResult;
import dev.nftrefresh.ledger.TokenLedger.Granted;
import dev.nftrefresh.ledger.TokenLedger.Superseded;
import dev.nftrefresh.ledger.TokenLedger.Unavailable;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.update.TokenUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Whatever a token's item contains, and the item of a request of the version of 2026-11: an unreadable item never
 * counts as none, and a readable one is written so that it can be read again. The first line of an input is the
 * token's item, the second that of the request "old".
 */
class TokenItemFuzzTest {
    private static final Duration AT_MOST = Duration.ofSeconds(8);
    private static final Instant NOW = LedgerUpdates.at(60);
    private static final TokenUpdate UPDATE = LedgerUpdates.of("1", 2);
    private static final SharedTable.ItemKey TOKEN = new SharedTable.ItemKey("token " + UPDATE.key(), "entry");
    private static final SharedTable.ItemKey END = new SharedTable.ItemKey("request old", "end");

    @FuzzTest
    void itemIsReadOrWaitedFor(byte[] items) {
        String[] lines = new String(items, UTF_8).split("\n", 2);
        var table = new InMemoryTable();
        write(table, TOKEN, lines[0]);
        if (lines.length == 2) {
            write(table, END, lines[1]);
        }
        var failureListener = new ArrayList<String>();
        var ledger = new TableTokenLedger(
                table, failureListener::add, Duration.ofMinutes(2), Duration.ofSeconds(10), () -> NOW);

        TokenState state = TokenStateJson.read(lines[0]);
        ClaimResult looked = one(ledger.preview(List.of(UPDATE), NOW, AT_MOST));
        ClaimResult claimed = one(ledger.claim("new", false, List.of(UPDATE), NOW, NOW.plusSeconds(30), AT_MOST));
        assertSound(looked);
        assertSound(claimed);
        if (state == null) {
            assertThat(claimed).isEqualTo(new Busy(Duration.ofMinutes(15)));
            assertThat(failureListener).hasSize(2);
            assertThat(content(table)).isEqualTo(lines[0]);
        } else {
            assertThat(TokenStateJson.read(TokenStateJson.of(state))).isEqualTo(state);
            assertThat(failureListener).isEmpty();
            assertNothingOlder(state, claimed);
        }
        if (claimed instanceof Granted) {
            assertAcceptanceIsKept(table, ledger);
        }
    }

    private static void assertSound(ClaimResult claim) {
        switch (claim) {
            case Busy(Duration retryIn) -> assertThat(retryIn).isPositive();
            case Granted(int failures, Instant _) -> assertThat(failures).isNotNegative();
            case Superseded _, AlreadyAccepted _, Unavailable _ -> {}
        }
    }

    /** A version that the item calls accepted is never overwritten. */
    private static void assertNothingOlder(TokenState state, ClaimResult claimed) {
        if (state.accepted() != null
                && !UPDATE.version().isNewerThan(state.accepted().version())) {
            assertThat(claimed).isNotInstanceOf(Granted.class);
        }
    }

    private static void assertAcceptanceIsKept(InMemoryTable table, TableTokenLedger ledger) {
        assertThat(TokenStateJson.read(content(table))).isNotNull();
        assertThat(ledger.recordOutcome("new", new Accepted(), NOW, AT_MOST)).isTrue();
        assertThat(TokenStateJson.read(content(table))).isNotNull();
        assertThat(one(ledger.preview(List.of(UPDATE), NOW, AT_MOST))).isInstanceOf(AlreadyAccepted.class);
    }

    private static void write(InMemoryTable table, SharedTable.ItemKey key, String content) {
        table.write(List.of(new SharedTable.ConditionalWrite(key, null, content, null)), AT_MOST);
    }

    private static String content(InMemoryTable table) {
        return Objects.requireNonNull(
                        table.read(List.of(TOKEN), AT_MOST).found().get(TOKEN))
                .content();
    }

    private static ClaimResult one(List<ClaimResult> claims) {
        assertThat(claims).hasSize(1);
        return claims.getFirst();
    }
}
