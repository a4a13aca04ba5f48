package dev.nftrefresh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.update.TokenJson;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Tokens that have only a size, and what must hold for any packing of them. */
final class PackedTokens {
    private static final byte[] LETTERS = letters();

    private PackedTokens() {}

    static List<TokenJson> of(int... bytes) {
        return Arrays.stream(bytes)
                .mapToObj(length -> new TokenJson(LETTERS, 0, length))
                .toList();
    }

    static List<List<TokenJson>> pack(List<Integer> bytes) {
        return pack(bytes.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Packs them; nothing may be lost or doubled, and every body really written must conform. */
    static List<List<TokenJson>> pack(int... bytes) {
        List<TokenJson> tokens = of(bytes);
        List<List<TokenJson>> requests = BatchPacker.pack(tokens, TokenJson::length);
        List<TokenJson> packed = requests.stream().flatMap(List::stream).toList();
        assertThat(packed).hasSameSizeAs(tokens);
        assertThat(new HashSet<>(packed)).isEqualTo(new HashSet<>(tokens));
        for (List<TokenJson> request : requests) {
            assertThat(request).hasSizeBetween(1, RefreshRequestLimits.TOKENS);
            assertThat(RefreshRequestBody.of(request).length)
                    .isEqualTo(RefreshRequestBody.bytes(request))
                    .isLessThanOrEqualTo(RefreshRequestLimits.BODY_BYTES);
        }
        return requests;
    }

    private static byte[] letters() {
        byte[] letters = new byte[RefreshRequestLimits.BODY_BYTES];
        Arrays.fill(letters, (byte) 'a');
        return letters;
    }
}
