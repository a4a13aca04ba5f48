package dev.nftrefresh.seeded;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Looks for smaller choices with which a property fails in the same way: fewer, or as many of which the first is lower. */
final class ChoiceShrinker {
    private static final int MOST_ATTEMPTS = 50_000;
    /** Pieces that are left out where no list says what belongs together. */
    private static final int LONGEST_PIECE = 8;

    private final SeededProperty.PropertyCheck check;
    private final Throwable failure;
    private final long deadline;
    private int attempts;
    private long[] best = {};
    private List<int[]> lists = List.of();

    ChoiceShrinker(SeededProperty.PropertyCheck check, Throwable failure, Duration time) {
        this.check = check;
        this.failure = failure;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    int attempts() {
        return attempts;
    }

    /** The smallest that was found. */
    long[] smallest(ChoiceSequence failed) {
        best = failed.drawn();
        lists = failed.lists();
        long[] before;
        do {
            before = best;
            leaveOutElements();
            leaveOutPieces();
            simplifyPieces();
            lowerEach();
            lowerEqualOnes();
        } while (isSmallerThan(best, before) && !isOver());
        return best;
    }

    private boolean isOver() {
        return attempts >= MOST_ATTEMPTS || System.nanoTime() - deadline > 0;
    }

    /** Of each list many elements, then fewer, then one. */
    private void leaveOutElements() {
        // The last is the outermost.
        for (int list = lists.size() - 1; list >= 0; list--) {
            for (int many = elements(list); many > 0; many /= 2) {
                int first = 0;
                while (first + many <= elements(list)) {
                    int[] bounds = lists.get(list);
                    first += isTaken(without(bounds[first], bounds[first + many])) ? 0 : many;
                }
            }
        }
    }

    /** None if it is gone together with the list that it was in. */
    private int elements(int list) {
        return list < lists.size() ? lists.get(list).length - 1 : 0;
    }

    private void leaveOutPieces() {
        for (int length = LONGEST_PIECE; length > 0; length--) {
            for (int from = best.length - length; from >= 0; from--) {
                from = Math.min(from, best.length - length);
                if (from >= 0) {
                    isTaken(without(from, from + length));
                }
            }
        }
    }

    private void simplifyPieces() {
        for (int length = best.length; length > 0; length /= 2) {
            for (int from = 0; from + length <= best.length; from += length) {
                long[] simpler = best.clone();
                Arrays.fill(simpler, from, from + length, 0);
                isTaken(simpler);
            }
        }
    }

    private void lowerEach() {
        for (int i = 0; i < best.length; i++) {
            lower(i);
        }
    }

    /** What has to be the same twice, say. */
    private void lowerEqualOnes() {
        for (long value : Arrays.stream(best).distinct().toArray()) {
            long[] now = best;
            int[] places =
                    IntStream.range(0, now.length).filter(i -> now[i] == value).toArray();
            if (places.length > 1) {
                lower(places);
            }
        }
    }

    /** By powers of 2, the highest first, which keeps a number odd or even, and so its sign, for as long as that helps. */
    private void lower(int... places) {
        long value = best[places[0]];
        for (long by = Long.highestOneBit(value); by != 0; by >>>= 1) {
            while (Long.compareUnsigned(value, by) >= 0) {
                long[] lower = best.clone();
                for (int place : places) {
                    lower[place] = value - by;
                }
                if (!isTaken(lower)) {
                    break;
                }
                if (!Arrays.equals(lower, best)) {
                    return; // another number stands at these places now
                }
                value -= by;
            }
        }
    }

    private long[] without(int from, int to) {
        long[] shorter = Arrays.copyOf(best, best.length - (to - from));
        System.arraycopy(best, to, shorter, from, best.length - to);
        return shorter;
    }

    /** Takes them for the best if the property fails with them as it did, and what it drew of them is smaller. */
    private boolean isTaken(long[] given) {
        if (!isSmaller(given) || isOver()) {
            return false;
        }
        attempts++;
        ChoiceSequence choices = ChoiceSequence.again(given, false);
        Throwable now = SeededProperty.failure(check, choices);
        if (now == null || !isSameKind(now) || !isSmaller(choices.drawn())) {
            return false;
        }
        best = choices.drawn();
        lists = choices.lists();
        return true;
    }

    /** Failed assertions are one kind, whatever their class. */
    private boolean isSameKind(Throwable now) {
        return now.getClass() == failure.getClass()
                || (now instanceof AssertionError && failure instanceof AssertionError);
    }

    private boolean isSmaller(long[] choices) {
        return isSmallerThan(choices, best);
    }

    private static boolean isSmallerThan(long[] some, long[] others) {
        return some.length < others.length
                || (some.length == others.length && Arrays.compareUnsigned(some, others) < 0);
    }
}
