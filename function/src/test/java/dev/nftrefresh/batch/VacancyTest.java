package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RequestLimits;
import dev.nftrefresh.update.TokenJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VacancyTest {
    private static TokenJson token(int bytes) {
        return new TokenJson(new byte[bytes], 0, bytes);
    }

    private static List<TokenJson> tokens(int count, int bytes) {
        return Collections.nCopies(count, token(bytes));
    }

    @Test
    void whatFitsBesideTokensMakesABodyOfExactlyTheLimit() {
        List<TokenJson> some = tokens(14, 16_000);
        Vacancy left = Vacancy.beside(some);
        var filled = new ArrayList<>(some);
        filled.add(token(left.bytes() - 1));
        assertThat(RequestBody.bytes(filled)).isEqualTo(RequestLimits.BODY_BYTES);
        assertThat(left.holds(List.of(token(left.bytes() - 1)))).isEqualTo(1);
        assertThat(left.holds(List.of(token(left.bytes())))).isZero();
    }

    @Test
    void aRequestWithoutTokensHoldsAWholeBody() {
        int only = RequestLimits.BODY_BYTES - RequestBody.bytes(0, 0);
        assertThat(Vacancy.beside(List.of()).holds(List.of(token(only)))).isEqualTo(1);
        assertThat(Vacancy.beside(List.of()).holds(List.of(token(only + 1)))).isZero();
    }

    @Test
    void aTokenOfAnySizeFitsUpTo249TokensAnd16KiBLeft() {
        assertThat(Vacancy.beside(tokens(249, 10)).takesAny()).isTrue();
        assertThat(Vacancy.beside(tokens(250, 10)).takesAny()).isFalse();

        int bytes = RequestLimits.BODY_BYTES - RequestBody.bytes(0, 0);
        assertThat(Vacancy.beside(tokens(1, bytes - 16_385)).takesAny()).isTrue();
        assertThat(Vacancy.beside(tokens(1, bytes - 16_384)).takesAny()).isFalse();
    }

    @Test
    void whoTakesAPlaceLeavesLess() {
        Vacancy left = new Vacancy(3, 100).less(tokens(2, 9));
        assertThat(left).isEqualTo(new Vacancy(1, 80));
        assertThat(left.holds(tokens(5, 1))).isEqualTo(1);
    }
}
