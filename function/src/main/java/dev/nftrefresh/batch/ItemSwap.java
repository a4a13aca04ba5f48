package dev.nftrefresh.batch;

import org.jspecify.annotations.Nullable;

/**
 * Swaps an item of an overloaded bin for a lighter one, or for nothing, of a bin with capacity.
 *
 * @param from the overloaded bin
 * @param given the place of its item
 * @param to the bin with capacity
 * @param taken the place of its item; past its last one for nothing
 * @param shift the weight that changes bins
 */
record ItemSwap(PackingBin from, int given, PackingBin to, int taken, int shift) {
    /** Whether it removes the whole overload. */
    boolean isEnough() {
        return shift >= -from.remainingWeight();
    }

    /** Whether it removes more of the same overload than the other, or all of it while using less capacity. */
    boolean isBetterThan(@Nullable ItemSwap other) {
        return other == null || isBetter(shift, other.shift, -from.remainingWeight());
    }

    private static boolean isBetter(int shift, int other, int overload) {
        return other >= overload ? shift >= overload && shift < other : shift > other;
    }

    void apply() {
        int heavy = from.remove(given);
        if (taken < to.count()) {
            from.addByWeight(to.remove(taken));
        }
        to.addByWeight(heavy);
    }

    /** The best swap between two bins, each of which holds its items from the heaviest to the lightest. */
    static @Nullable ItemSwap best(PackingBin from, PackingBin to, StepCounter steps) {
        int overload = -from.remainingWeight();
        int remaining = to.remainingWeight();
        int wanted = Math.min(overload, remaining);
        int end = to.hasPlace() ? to.count() : to.count() - 1;
        ItemSwap best = null;
        int bestShift = 0;
        int taken = 0;
        for (int given = 0; given < from.count(); given++) {
            int weight = from.weight(given);
            // Lighter items are swapped for lighter ones, so this passes through the other bin only once.
            while (taken < end && weight - to.weight(taken) < wanted) {
                steps.step();
                taken++;
            }
            // Here the shift is just large enough, and one place before it is just too small.
            for (int place = Math.max(0, taken - 1); place <= taken; place++) {
                steps.step();
                int shift = weight - to.weight(place);
                if (shift <= remaining && isBetter(shift, bestShift, overload)) {
                    best = new ItemSwap(from, given, to, place, shift);
                    bestShift = shift;
                }
            }
        }
        return best;
    }
}
