package dev.nftrefresh.batch;

import dev.nftrefresh.api.RefreshRequestLimits;

/**
 * So many tokens of one size and so many of another, of which a near bound is known: with x tokens of the first size,
 * a request holds at most y(x) of the second, and the fewest requests that yield all tokens, were parts of requests
 * allowed, mix at most two such patterns. No packing needs fewer.
 */
record TwoSizeInput(int firstBytes, int first, int secondBytes, int second) {
    int noFewerThan() {
        int most = Math.min(RefreshRequestLimits.TOKENS, PackingBin.CAPACITY / (firstBytes + 1));
        double fewest = Double.MAX_VALUE;
        for (int p = 0; p <= most; p++) {
            fewest = Math.min(fewest, Math.max(requests(first, p), requests(second, beside(p))));
            for (int q = p + 1; q <= most; q++) {
                fewest = Math.min(fewest, mixed(p, q));
            }
        }
        return (int) Math.ceil(fewest - 1e-9); // rounding of the division must not ask for one more
    }

    private int beside(int x) {
        return Math.min(
                RefreshRequestLimits.TOKENS - x, (PackingBin.CAPACITY - x * (firstBytes + 1)) / (secondBytes + 1));
    }

    private static double requests(int tokens, int inEach) {
        return tokens == 0 ? 0 : (double) tokens / inEach;
    }

    /** Solves a·p + b·q = first and a·y(p) + b·y(q) = second for a requests of one pattern and b of the other. */
    private double mixed(int p, int q) {
        double determinant = p * (double) beside(q) - q * (double) beside(p);
        double a = (first * (double) beside(q) - q * (double) second) / determinant;
        double b = (p * (double) second - first * (double) beside(p)) / determinant;
        return determinant != 0 && a >= 0 && b >= 0 ? a + b : Double.MAX_VALUE;
    }
}
