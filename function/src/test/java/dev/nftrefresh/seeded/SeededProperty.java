package dev.nftrefresh.seeded;

import java.lang.StackWalker.StackFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds for any input. It is tried with random inputs; the smallest of those that fail is reported, and
 * how to repeat it.
 *
 * <p>{@code -Dnft-refresh.seed=N} says what the inputs come from; without it they are others in each run. {@code
 * -Dnft-refresh.tries=N} says how often each property is tried, {@code -Dnft-refresh.tries=20x} how many times as often
 * as it says itself.
 */
public final class SeededProperty {
    /** What holds; what it throws says that it does not. */
    @FunctionalInterface
    public interface PropertyCheck {
        void holdsFor(ChoiceSequence choices) throws Exception;
    }

    private static final String SEED = "nft-refresh.seed";
    private static final String TRIES = "nft-refresh.tries";
    /** So many tries may be left out, and so many more for each that is not. */
    private static final int MOST_DISCARDED = 50;

    private static final int MOST_DISCARDED_A_TRY = 5;

    private final String name;
    private final Function<String, @Nullable String> settings;
    private int tries = 1_000;
    private Duration shrinkTime = Duration.ofSeconds(10);

    private SeededProperty(String name, Function<String, @Nullable String> settings) {
        this.name = name;
        this.settings = settings;
    }

    /** A property, and in words what it says; tried a thousand times if nothing else is said. */
    public static SeededProperty of(String name) {
        return new SeededProperty(name, System::getProperty);
    }

    static SeededProperty of(String name, Function<String, @Nullable String> settings) {
        return new SeededProperty(name, settings);
    }

    /** How often it is tried. */
    public SeededProperty tries(int times) {
        tries = times;
        return this;
    }

    /** For how long a smaller input that fails is looked for. */
    public SeededProperty maximumShrinkTime(Duration time) {
        shrinkTime = time;
        return this;
    }

    /** Tries it. */
    public void check(PropertyCheck check) {
        String given = settings.apply(SEED);
        long base = given == null ? new SplittableRandom().nextLong() : Long.parseLong(given);
        int planned = planned();
        int discarded = 0;
        int done = 0;
        for (long n = 0; done < planned; n++) {
            long seed = seed(base, n);
            ChoiceSequence choices = ChoiceSequence.seeded(seed);
            Throwable failure = failure(check, choices);
            if (failure == null) {
                done++;
            } else if (failure instanceof ChoiceSequence.DiscardedTryException) {
                discarded++;
                if (discarded > MOST_DISCARDED + MOST_DISCARDED_A_TRY * done) {
                    throw new AssertionError("Property \"%s\": %d of %d inputs were none of which it speaks (seed %d)."
                            .formatted(name, discarded, n + 1, base));
                }
            } else {
                throw failed(check, choices, failure, seed, done + 1, planned);
            }
        }
    }

    /**
     * Tries it once, for who counts the tries himself.
     *
     * @return what {@link #check} would throw; empty if it holds, or if the input is none of which it speaks
     */
    public Optional<AssertionError> failure(long seed, PropertyCheck check) {
        ChoiceSequence choices = ChoiceSequence.seeded(seed);
        Throwable failure = failure(check, choices);
        return failure == null || failure instanceof ChoiceSequence.DiscardedTryException
                ? Optional.empty()
                : Optional.of(failed(check, choices, failure, seed, 1, 1));
    }

    private int planned() {
        String given = settings.apply(TRIES);
        if (given == null) {
            return tries;
        }
        return given.endsWith("x")
                ? Math.multiplyExact(tries, Integer.parseInt(given.substring(0, given.length() - 1)))
                : Integer.parseInt(given);
    }

    /** The seed of a try. That of the first is the one given, so that with its own seed any try comes first. */
    public static long seed(long base, long n) {
        // Mixed, as generators whose seeds are such steps apart draw the same numbers, a step later.
        long mixed = base + n * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        return n == 0 ? base : mixed ^ (mixed >>> 27);
    }

    static @Nullable Throwable failure(PropertyCheck check, ChoiceSequence choices) {
        try {
            check.holdsFor(choices);
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    private AssertionError failed(
            PropertyCheck check, ChoiceSequence choices, Throwable failure, long seed, int done, int planned) {
        var shrinking = new ChoiceShrinker(check, failure, shrinkTime);
        ChoiceSequence smallest = ChoiceSequence.again(shrinking.smallest(choices), true);
        Throwable last = failure(check, smallest);
        var message = new StringBuilder(
                "Property \"%s\" does not hold: try %d of %d failed (seed %d).%n".formatted(name, done, planned, seed));
        if (last == null || last instanceof ChoiceSequence.DiscardedTryException) {
            message.append(
                    "The same choices did not fail again: something else than they has a part in it.%n".formatted());
            last = failure;
        }
        message.append("The smallest input that fails, after %d smaller tries:%n".formatted(shrinking.attempts()));
        smallest.notes().forEach(entry -> message.append("  ").append(entry).append(System.lineSeparator()));
        message.append("  ").append(last).append(System.lineSeparator());
        message.append(
                "Repeat it: mvn test -pl %s -am -Dtest='%s' -Dsurefire.failIfNoSpecifiedTests=false -D%s=%d -D%s=1"
                        .formatted(Path.of("").toAbsolutePath().getFileName(), caller(), SEED, seed, TRIES));
        return new AssertionError(message.toString(), last);
    }

    /** The test that asked, as {@code -Dtest} takes it: of the first class outside, the outermost method. */
    private static String caller() {
        return StackWalker.getInstance().walk(SeededProperty::caller);
    }

    private static String caller(Stream<StackFrame> frames) {
        var outside = frames.dropWhile(frame -> frame.getClassName().equals(SeededProperty.class.getName()))
                .toList();
        String test = outside.getFirst().getClassName();
        return test
                + '#'
                + outside.stream()
                        .filter(frame -> frame.getClassName().equals(test))
                        .toList()
                        .getLast()
                        .getMethodName();
    }
}
