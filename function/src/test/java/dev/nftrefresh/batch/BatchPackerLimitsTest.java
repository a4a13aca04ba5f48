package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Just below, at and just above each limit. */
final class BatchPackerLimitsTest {
    @ParameterizedTest
    @CsvSource({"249, 1", "250, 1", "251, 2", "500, 2", "501, 3"})
    void takes250TokensAndNotOneMore(int tokens, int requests) {
        assertThat(PackedTokens.pack(equal(tokens, 100))).hasSize(requests);
    }

    @ParameterizedTest
    @CsvSource({"233471, 1", "233472, 1", "233473, 2"})
    void takesABodyOf233472BytesAndNotOneMore(int body, int requests) {
        int[] bytes = equal(20, 11_000);
        int filled = RefreshRequestBody.bytes(PackedTokens.of(bytes));
        int[] withLast = Arrays.copyOf(bytes, 21);
        withLast[20] = body - filled - 1; // the comma

        assertThat(RefreshRequestBody.of(PackedTokens.of(withLast))).hasSize(body);
        assertThat(PackedTokens.pack(withLast)).hasSize(requests);
    }

    @ParameterizedTest
    @CsvSource({"233471", "233472"})
    void takesATokenThatFillsTheBodyAlone(int body) {
        assertThat(PackedTokens.pack(body - RefreshRequestBody.bytes(1, 0))).hasSize(1);
    }

    @Test
    void refusesAnItemThatNoRequestHolds() {
        int tooLarge = 233_473 - RefreshRequestBody.bytes(1, 0);

        assertThatIllegalArgumentException().isThrownBy(() -> PackedTokens.pack(100, tooLarge));
        assertThatIllegalArgumentException().isThrownBy(() -> PackedTokens.pack(0));
        assertThatIllegalArgumentException().isThrownBy(() -> PackedTokens.pack(Integer.MAX_VALUE));
    }

    @Test
    void makesNoRequestWithoutTokens() {
        assertThat(PackedTokens.pack()).isEmpty();
    }

    private static int[] equal(int tokens, int bytes) {
        int[] equal = new int[tokens];
        Arrays.fill(equal, bytes);
        return equal;
    }
}
