package dev.nftrefresh.seeded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one try of a property draws its input from. Whatever is drawn comes down to a sequence of numbers, of which 0
 * always stands for the simplest. So a failing input is made smaller without knowing what it is: by leaving out numbers
 * and by lowering them, and drawing again.
 */
public final class ChoiceSequence {
    /** Up to so many elements more than the fewest, half of the lists have. */
    private static final int SHORT = 32;
    /** Wider ranges are drawn from by magnitude too, so that small numbers are not left out. */
    private static final long WIDE = 255;

    private static final int MOST_LOOKS = 100;

    /** Letters at which something ends in Unicode, in UTF-8 or UTF-16, or in what we read. */
    private static final int[] ODD = {
        0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfeff, 0xfffd, 0xffff, 0x10000,
        0x10ffff, '"', '\\', '\n', '\t', ','
    };

    private final RandomGenerator random;
    private final long @Nullable [] given;
    private final boolean telling;
    private final List<String> notes = new ArrayList<>();
    private final List<int[]> lists = new ArrayList<>();
    private long[] drawn = new long[64];
    private int count;

    private ChoiceSequence(RandomGenerator random, long @Nullable [] given, boolean telling) {
        this.random = random;
        this.given = given;
        this.telling = telling;
    }

    static ChoiceSequence seeded(long seed) {
        return new ChoiceSequence(new SplittableRandom(seed), null, false);
    }

    /** The same choices again; where more are asked for than there are, the simplest. */
    static ChoiceSequence again(long[] given, boolean telling) {
        return new ChoiceSequence(new SplittableRandom(0), given, telling);
    }

    /** What was drawn so far. */
    long[] drawn() {
        return Arrays.copyOf(drawn, count);
    }

    /** Of each list that was drawn, where its elements begin, and where the last one ends. */
    List<int[]> lists() {
        return lists;
    }

    List<String> notes() {
        return notes;
    }

    /** A number from 0 to the greatest, both included and read without sign; one that is not given is made up. */
    private long draw(long greatest, LongSupplier made) {
        long wanted = given == null ? made.getAsLong() : count < given.length ? given[count] : 0;
        long choice = Long.compareUnsigned(wanted, greatest) > 0 ? greatest : wanted;
        if (count == drawn.length) {
            drawn = Arrays.copyOf(drawn, count * 2);
        }
        drawn[count++] = choice;
        return choice;
    }

    /** A number from 0 on, below the bound, each as likely as any other: a place or a kind of something. */
    public int below(int boundExclusive) {
        return (int) draw(boundExclusive - 1L, () -> random.nextInt(boundExclusive));
    }

    /** A number of a range; its ends and what lies beside them come up often. The nearest to 0 is the simplest. */
    public int between(int lo, int hi) {
        return (int) between((long) lo, (long) hi);
    }

    /** A number of a range; its ends and what lies beside them come up often. The nearest to 0 is the simplest. */
    public long between(long lo, long hi) {
        if (lo > hi) {
            throw new IllegalArgumentException(lo + " to " + hi);
        }
        long nearest = Math.clamp(0L, lo, hi);
        long up = hi - nearest;
        long down = nearest - lo;
        long choice = draw(hi - lo, () -> order(made(lo, hi) - nearest, up, down));
        return nearest + unordered(choice, up, down);
    }

    /** The rank of a distance among all: 0, 1, -1, 2, -2 and so on, as far as there are both, and then the others. */
    private static long order(long distance, long up, long down) {
        boolean above = distance > 0;
        long size = above ? distance : -distance;
        long both = Long.compareUnsigned(up, down) < 0 ? up : down;
        if (Long.compareUnsigned(size, both) > 0) {
            return both + size;
        }
        return above ? 2 * size - 1 : 2 * size;
    }

    private static long unordered(long choice, long up, long down) {
        long both = Long.compareUnsigned(up, down) < 0 ? up : down;
        if (Long.compareUnsigned(choice, 2 * both) > 0) {
            return both == down ? choice - both : both - choice;
        }
        return (choice & 1) == 1 ? (choice >>> 1) + 1 : -(choice >>> 1);
    }

    private long made(long lo, long hi) {
        long width = hi - lo;
        if (width == 0) {
            return lo;
        }
        if (random.nextInt(12) == 0) {
            long beside = Long.compareUnsigned(width, 2) < 0 ? 0 : random.nextInt(2);
            return random.nextBoolean() ? lo + beside : hi - beside;
        }
        if (Long.compareUnsigned(width, WIDE) > 0 && random.nextBoolean()) {
            long distance = random.nextLong() >>> random.nextInt(Long.numberOfLeadingZeros(width), 64);
            boolean above = lo >= 0 || (hi > 0 && random.nextBoolean());
            long number = Math.clamp(0L, lo, hi) + (above ? distance : -distance);
            if (number >= lo && number <= hi) {
                return number;
            }
        }
        if (width == -1) {
            return random.nextLong();
        }
        return hi == Long.MAX_VALUE ? random.nextLong(lo - 1, hi) + 1 : random.nextLong(lo, hi + 1);
    }

    /** True so many times out of so many. False is the simplest. */
    public boolean chance(int numerator, int denominator) {
        if (numerator <= 0 || numerator >= denominator) {
            return numerator > 0;
        }
        return draw(1, () -> random.nextInt(denominator) < numerator ? 1 : 0) == 1;
    }

    /** True every other time. */
    public boolean flip() {
        return chance(1, 2);
    }

    /** A place in that list of weights, each as often as it weighs. The first is the simplest. */
    public int weighted(int... weights) {
        return (int) draw(weights.length - 1, () -> {
            int left = random.nextInt(Arrays.stream(weights).sum());
            int place = 0;
            while (left >= weights[place]) {
                left -= weights[place++];
            }
            return place;
        });
    }

    /** One of these, of which the first is the simplest. */
    @SafeVarargs
    public final <T extends @Nullable Object> T oneOf(T... values) {
        return values[below(values.length)];
    }

    /** One of these, of which the first is the simplest. */
    public <T extends @Nullable Object> T oneOf(List<T> values) {
        return values.get(below(values.size()));
    }

    /** What fits; the try does not count if a hundred in a row do not. */
    public <T> T suchThat(Predicate<T> fits, Function<ChoiceSequence, T> drawn) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            T value = drawn.apply(this);
            if (fits.test(value)) {
                return value;
            }
        }
        throw new DiscardedTryException();
    }

    /** So many elements. Half of the lists are of any length, the others short; empty and full ones come up often. */
    public <T extends @Nullable Object> List<T> listOf(int min, int max, Function<ChoiceSequence, T> element) {
        var list = new ArrayList<T>();
        times(min, max, () -> list.add(element.apply(this)));
        return list;
    }

    /** So many bytes, any. */
    public byte[] bytes(int min, int max) {
        byte[] bytes = new byte[max];
        int length = times(min, max, new Runnable() {
            private int at;

            @Override
            public void run() {
                bytes[at++] = (byte) between(0, 255);
            }
        });
        return Arrays.copyOf(bytes, length);
    }

    /** A text of so many of these letters. */
    public String text(int min, int max, String letters) {
        var text = new StringBuilder();
        times(min, max, () -> text.append(letters.charAt(below(letters.length()))));
        return text.toString();
    }

    /** A text of so many of any letters: any of Unicode, among them halves of pairs and what is no letter. */
    public String text(int min, int max) {
        var text = new StringBuilder();
        times(min, max, () -> text.appendCodePoint(letter()));
        return text.toString();
    }

    /** Any of Unicode's code points, 'a' being the simplest. */
    public int letter() {
        int all = Character.MAX_CODE_POINT + 1;
        return (int) ((draw(all - 1L, () -> Math.floorMod(madeLetter() - 'a', all)) + 'a') % all);
    }

    private int madeLetter() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> random.nextInt(' ', 0x7f);
            case 3 -> random.nextInt(0x100);
            case 4, 5 -> random.nextInt(0x10000);
            case 6 -> random.nextInt(0x10000, 0x110000);
            default -> ODD[random.nextInt(ODD.length)];
        };
    }

    /** The same elements in any order. That in which they are is the simplest. */
    public <T extends @Nullable Object> List<T> shuffled(List<T> elements) {
        var shuffled = new ArrayList<T>(elements);
        for (int i = 0; i < shuffled.size() - 1; i++) {
            Collections.swap(shuffled, i, i + below(shuffled.size() - i));
        }
        return shuffled;
    }

    /** Chance for what needs more of it than can be made smaller: one draw is its seed. */
    public RandomGenerator random() {
        return new SplittableRandom(draw(Integer.MAX_VALUE, () -> random.nextInt() & Integer.MAX_VALUE));
    }

    /** Leaves this try out unless the input is one of which the property speaks. */
    public void assume(boolean condition) {
        if (!condition) {
            throw new DiscardedTryException();
        }
    }

    /** Names a part of the input in the message about the smallest one that fails. */
    public <T extends @Nullable Object> T note(String label, T value) {
        if (telling) {
            // In an array, since that shows what is in arrays, too.
            String shown = Arrays.deepToString(new @Nullable Object[] {value});
            notes.add(label + " = " + shown.substring(1, shown.length() - 1));
        }
        return value;
    }

    /** Each of them follows the choice to add one more, so that removing a piece of the choices removes one. */
    private int times(int min, int max, Runnable one) {
        int planned = given == null ? length(min, max) : 0;
        int[] bounds = new int[16];
        int times = 0;
        for (boolean more = true; more; ) {
            bounds = times == bounds.length ? Arrays.copyOf(bounds, times * 2) : bounds;
            bounds[times] = count;
            boolean wanted = times < planned;
            more = times < max && (draw(1, () -> wanted ? 1 : 0) == 1 || times < min);
            if (more) {
                one.run();
                times++;
            }
        }
        lists.add(Arrays.copyOf(bounds, times + 1));
        return times;
    }

    private int length(int min, int max) {
        return switch (random.nextInt(16)) {
            case 0 -> min;
            case 1 -> max;
            case 2, 3, 4, 5, 6, 7, 8 -> random.nextInt(min, max + 1);
            default -> random.nextInt(min, (int) Math.min((long) max, (long) min + SHORT) + 1);
        };
    }

    /** Ends a try that does not count. */
    static final class DiscardedTryException extends RuntimeException {
        private DiscardedTryException() {
            super("The input is none of which the property speaks.", null, false, false);
        }
    }
}
