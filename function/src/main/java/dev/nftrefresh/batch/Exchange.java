package dev.nftrefresh.batch;

import org.jspecify.annotations.Nullable;

/**
 * An item of an overloaded bin for a lighter one, or for nothing, of a bin with room.
 *
 * @param from the overloaded bin
 * @param given the place of its item
 * @param to the bin with room
 * @param taken the place of its item; past its last one for nothing
 * @param shift the weight that changes bins
 */
record Exchange(Bin from, int given, Bin to, int taken, int shift) {
    /** Whether nothing of the overload is left. */
    boolean isEnough() {
        return shift >= -from.room();
    }

    /** Whether it takes more of the same overload than the other, or all of it with less room used up. */
    boolean isBetterThan(@Nullable Exchange other) {
        return other == null || isBetter(shift, other.shift, -from.room());
    }

    private static boolean isBetter(int shift, int other, int overload) {
        return other >= overload ? shift >= overload && shift < other : shift > other;
    }

    void carryOut() {
        int heavy = from.remove(given);
        if (taken < to.count()) {
            from.addByWeight(to.remove(taken));
        }
        to.addByWeight(heavy);
    }

    /** The best exchange between two bins, each of which holds its items from the heaviest to the lightest. */
    static @Nullable Exchange best(Bin from, Bin to, Effort effort) {
        int overload = -from.room();
        int room = to.room();
        int wanted = Math.min(overload, room);
        int end = to.hasPlace() ? to.count() : to.count() - 1;
        Exchange best = null;
        int bestShift = 0;
        int taken = 0;
        for (int given = 0; given < from.count(); given++) {
            int weight = from.weight(given);
            // Lighter items are given for lighter ones, so this goes through the other bin only once.
            while (taken < end && weight - to.weight(taken) < wanted) {
                effort.look();
                taken++;
            }
            // Here the shift is just as large as wanted, and one place before it is just too small.
            for (int place = Math.max(0, taken - 1); place <= taken; place++) {
                effort.look();
                int shift = weight - to.weight(place);
                if (shift <= room && isBetter(shift, bestShift, overload)) {
                    best = new Exchange(from, given, to, place, shift);
                    bestShift = shift;
                }
            }
        }
        return best;
    }
}
