package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.ledger.TokenLedger.Accepted;
import dev.nftrefresh.ledger.TokenLedger.Busy;
import dev.nftrefresh.ledger.TokenLedger.Claim;
import dev.nftrefresh.ledger.TokenLedger.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MemoryLedgerTest extends TokenLedgerContract {
    private final MemoryLedger small = new MemoryLedger(3);

    @Override
    TokenLedger freshLedger() {
        return new MemoryLedger(10_000);
    }

    private Claim claim(String request, String token, int version, int at) {
        return small.claim(request, List.of(Updates.of(token, version)), Updates.at(at), Updates.at(at + 30))
                .getFirst();
    }

    private void accept(String token, int version, int at) {
        String request = token + " v" + version;
        assertThat(claim(request, token, version, at)).isEqualTo(GRANTED);
        small.ended(request, new Accepted());
    }

    @Test
    void whenItIsFullForgetsTheTokensThatWereClaimedLongestAgo() {
        accept("a", 2, 0);
        accept("b", 2, 1);
        accept("c", 2, 2);
        accept("a", 3, 3);
        accept("d", 2, 4);

        assertThat(claim("r1", "a", 2, 5)).isEqualTo(SUPERSEDED);
        assertThat(claim("r2", "c", 2, 5)).isEqualTo(SUPERSEDED);
        assertThat(claim("r3", "d", 2, 5)).isEqualTo(SUPERSEDED);
        assertThat(claim("r4", "b", 1, 5)).isEqualTo(GRANTED);
    }

    @Test
    void neverForgetsATokenThatIsUnderWayHoweverManyThereAre() {
        int many = 100;
        IntStream.range(0, many).forEach(i -> claim("running " + i, "t" + i, 2, 0));

        for (int i = 0; i < many; i++) {
            assertThat(claim("other " + i, "t" + i, 1, 29)).isInstanceOf(Busy.class);
        }
    }

    @Test
    void neverForgetsATokenWhoseOutcomeIsUnknown() {
        claim("unknown", "a", 2, 0);
        small.ended("unknown", new Unknown(Updates.at(120)));
        claim("again", "a", 2, 5);
        small.ended("again", new Accepted());
        IntStream.range(0, 10).forEach(i -> accept("t" + i, 1, 10 + i));

        assertThat(claim("newer", "a", 3, 100)).isEqualTo(new Busy(Duration.ofSeconds(20)));
    }

    @Test
    void forgetsATokenOnceItIsNoLongerUnderWay() {
        claim("dead", "a", 2, 0);
        accept("b", 2, 31);
        accept("c", 2, 32);
        accept("d", 2, 33);
        small.ended("dead", new Accepted());

        assertThat(claim("older", "a", 1, 34)).isEqualTo(GRANTED);
    }

    @Test
    void waitsAQuarterOfAnHourForTheAnswerOfASenderThatIsTakenForDead() {
        claim("late", "a", 2, 0);
        claim("other", "b", 1, 30 + 900);
        small.ended("late", new Accepted());

        assertThat(claim("older", "a", 1, 30 + 901)).isEqualTo(SUPERSEDED);
    }

    @Test
    void doesNotWaitLongerThanThat() {
        claim("too late", "a", 2, 0);
        claim("other", "b", 1, 30 + 901);
        small.ended("too late", new Accepted());

        assertThat(claim("older", "a", 1, 30 + 902)).isEqualTo(GRANTED);
    }
}
