package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.update.TokenJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemainingCapacityTest {
    private static TokenJson token(int bytes) {
        return new TokenJson(new byte[bytes], 0, bytes);
    }

    private static List<TokenJson> tokens(int count, int bytes) {
        return Collections.nCopies(count, token(bytes));
    }

    @Test
    void tokensThatFitMakeABodyOfExactlyTheLimit() {
        List<TokenJson> some = tokens(14, 16_000);
        RemainingCapacity left = RemainingCapacity.after(some);
        var filled = new ArrayList<>(some);
        filled.add(token(left.bytes() - 1));
        assertThat(RefreshRequestBody.bytes(filled)).isEqualTo(RefreshRequestLimits.BODY_BYTES);
        assertThat(left.countThatFit(List.of(token(left.bytes() - 1)))).isEqualTo(1);
        assertThat(left.countThatFit(List.of(token(left.bytes())))).isZero();
    }

    @Test
    void aRequestWithoutTokensHoldsAWholeBody() {
        int only = RefreshRequestLimits.BODY_BYTES - RefreshRequestBody.bytes(0, 0);
        assertThat(RemainingCapacity.after(List.of()).countThatFit(List.of(token(only))))
                .isEqualTo(1);
        assertThat(RemainingCapacity.after(List.of()).countThatFit(List.of(token(only + 1))))
                .isZero();
    }

    @Test
    void aTokenOfAnySizeFitsUpTo249TokensAnd16KiBLeft() {
        assertThat(RemainingCapacity.after(tokens(249, 10)).fitsAnyToken()).isTrue();
        assertThat(RemainingCapacity.after(tokens(250, 10)).fitsAnyToken()).isFalse();

        int bytes = RefreshRequestLimits.BODY_BYTES - RefreshRequestBody.bytes(0, 0);
        assertThat(RemainingCapacity.after(tokens(1, bytes - 16_385)).fitsAnyToken())
                .isTrue();
        assertThat(RemainingCapacity.after(tokens(1, bytes - 16_384)).fitsAnyToken())
                .isFalse();
    }

    @Test
    void addedTokensLeaveLessCapacity() {
        RemainingCapacity left = new RemainingCapacity(3, 100).less(tokens(2, 9));
        assertThat(left).isEqualTo(new RemainingCapacity(1, 80));
        assertThat(left.countThatFit(tokens(5, 1))).isEqualTo(1);
    }
}
