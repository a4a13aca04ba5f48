package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.update.TokenLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tokens that are known to fill so many requests to the last byte.
 *
 * @param requests no packing needs fewer, and one needs no more
 * @param bytes of each token, in any order
 */
record PerfectPacking(int requests, List<Integer> bytes) {
    static PerfectPacking random(RandomGenerator random) {
        int requests = random.nextInt(2, 120);
        int fewest = random.nextInt(15, 251);
        int most = random.nextInt(fewest, 251);
        double skew = random.nextDouble(0.3, 3);
        List<Integer> bytes = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            bytes.addAll(one(random.nextInt(fewest, most + 1), skew, random));
        }
        Collections.shuffle(bytes, random);
        return new PerfectPacking(requests, bytes);
    }

    /** Cuts one body: each token may be so large that the others still get a byte, and must leave them no more than 16 KiB. */
    private static List<Integer> one(int tokens, double skew, RandomGenerator random) {
        List<Integer> bytes = new ArrayList<>();
        int left = RefreshRequestLimits.BODY_BYTES - RefreshRequestBody.bytes(tokens, 0);
        for (int others = tokens - 1; others >= 0; others--) {
            int least = Math.max(1, left - others * TokenLimits.MAX_BYTES);
            int most = Math.min(TokenLimits.MAX_BYTES, left - others);
            double wanted = 2.0 * left / (others + 1) * Math.pow(random.nextDouble(), skew);
            int size = (int) Math.clamp(wanted, least, most);
            bytes.add(size);
            left -= size;
        }
        return bytes;
    }
}
