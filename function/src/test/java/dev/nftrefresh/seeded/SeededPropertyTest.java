package dev.nftrefresh.seeded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeededPropertyTest {
    private static SeededProperty property(long seed) {
        return SeededProperty.of("what holds", Map.of("nft-refresh.seed", String.valueOf(seed))::get);
    }

    private static AssertionError failure(SeededProperty property, SeededProperty.PropertyCheck check) {
        return catchThrowableOfType(AssertionError.class, () -> property.check(check));
    }

    private static List<Integer> numbers(ChoiceSequence choices) {
        return choices.note("numbers", choices.listOf(0, 50, each -> each.between(-100_000, 100_000)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -3, 4_000_000_000L})
    void findsTheSmallestListWithALargeNumber(long seed) {
        assertThat(failure(
                        property(seed), choices -> assertThat(numbers(choices)).allMatch(n -> n < 1_000)))
                .hasMessageContaining("  numbers = [1000]" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -3, 4_000_000_000L})
    void findsTheSmallestListWithALowNumber(long seed) {
        assertThat(failure(
                        property(seed), choices -> assertThat(numbers(choices)).allMatch(n -> n > -77)))
                .hasMessageContaining("numbers = [-77]");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -3, 4_000_000_000L})
    void findsTheSimplestPairOfTwoThatAreTheSame(long seed) {
        assertThat(failure(property(seed), choices -> {
                    List<Integer> many = choices.note("many", choices.listOf(0, 50, each -> each.between(3, 90)));
                    assertThat(new HashSet<>(many)).hasSameSizeAs(many);
                }))
                .hasMessageContaining("many = [3, 3]");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -3, 4_000_000_000L})
    void findsTheSmallestListInAList(long seed) {
        assertThat(failure(property(seed), choices -> {
                    List<List<String>> lists =
                            choices.listOf(1, 9, each -> each.listOf(0, 9, inner -> inner.text(0, 20)));
                    choices.note("lists", lists);
                    assertThat(lists)
                            .noneMatch(list -> list.stream()
                                    .anyMatch(text -> text.codePoints().count() > 2));
                }))
                .hasMessageContaining("lists = [[aaa]]");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -3, 4_000_000_000L})
    void findsTheSmallestOfDependentNumbers(long seed) {
        assertThat(failure(property(seed), choices -> {
                    long from = choices.note("from", choices.between(Long.MIN_VALUE, Long.MAX_VALUE));
                    long to = choices.note("to", choices.between(from, Long.MAX_VALUE));
                    assertThat(to).isLessThan(1L << 40);
                }))
                .hasMessageContaining("to = " + (1L << 40));
    }

    @Test
    void saysWhichPropertyFailsWithWhichInputAndHowToRepeatIt() {
        SeededProperty property = property(5).tries(200);

        AssertionError failure = failure(property, choices -> {
            choices.note("bytes", choices.bytes(2, 2));
            throw new IllegalStateException("always");
        });

        assertThat(failure)
                .hasMessageContaining("\"what holds\" does not hold: try 1 of 200 failed (seed 5)")
                .hasMessageContaining("  bytes = [0, 0]")
                .hasMessageContaining("-Dtest='" + getClass().getName() + "#")
                .hasMessageEndingWith("-Dnft-refresh.seed=5 -Dnft-refresh.tries=1")
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("always");
    }

    @Test
    void theReportedSeedMakesTheFailingTryTheFirst() {
        SeededProperty.PropertyCheck check = choices -> {
            int number = choices.between(0, Integer.MAX_VALUE);
            assertThat(number % 97).isNotEqualTo(5);
        };
        String message = String.valueOf(failure(property(8), check).getMessage());
        String seed = message.replaceFirst("(?s).*-Dnft-refresh.seed=(-?\\d+) .*", "$1");

        assertThat(message).doesNotContain("try 1 of");
        assertThat(failure(property(Long.parseLong(seed)).tries(1), check)).hasMessageContaining("try 1 of 1 failed");
    }

    @Test
    void theSameSeedMakesTheSameInputsAndAnotherOthers() {
        assertThat(inputs(property(1))).isEqualTo(inputs(property(1)));
        assertThat(inputs(property(1))).isNotEqualTo(inputs(property(2)));
        assertThat(inputs(SeededProperty.of("no seed", _ -> null)))
                .isNotEqualTo(inputs(SeededProperty.of("no seed", _ -> null)));
    }

    private static List<List<Integer>> inputs(SeededProperty property) {
        var inputs = new ArrayList<List<Integer>>();
        property.check(choices -> inputs.add(numbers(choices)));
        return inputs;
    }

    @Test
    void isTriedAsOftenAsThePropertyOrTheSettingsSay() {
        assertThat(tried(Map.of())).isEqualTo(30);
        assertThat(tried(Map.of("nft-refresh.tries", "7"))).isEqualTo(7);
        assertThat(tried(Map.of("nft-refresh.tries", "3x"))).isEqualTo(90);
        assertThat(inputs(SeededProperty.of("as a rule", Map.<String, String>of()::get)))
                .hasSize(1_000);
    }

    private static int tried(Map<String, String> settings) {
        var probed = new AtomicInteger();
        SeededProperty.of("what holds", settings::get).tries(30).check(_ -> probed.incrementAndGet());
        return probed.get();
    }

    @Test
    void aDiscardedInputIsNoTry() {
        var counted = new AtomicInteger();

        property(3).tries(100).check(choices -> {
            choices.assume(choices.flip());
            counted.incrementAndGet();
        });

        assertThat(counted).hasValue(100);
    }

    @Test
    void failsIfNextToAllIsLeftOut() {
        assertThatThrownBy(() -> property(3).check(choices -> choices.assume(false)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("none of which it speaks");
        assertThatThrownBy(() -> property(3).check(choices -> choices.suchThat(n -> n > 9, each -> each.below(5))))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aSmallerInputThatFailsDifferentlyDoesNotCount() {
        assertThat(failure(property(3), choices -> {
                    int number = choices.note("number", choices.between(0, 10_000));
                    if (number < 50) {
                        throw new IllegalStateException("too small");
                    }
                    assertThat(number).isLessThan(100);
                }))
                .hasMessageContaining("number = 100");
    }

    @Test
    void saysSoIfItDoesNotFailAgain() {
        var calls = new AtomicInteger();

        AssertionError failure = failure(property(3), choices -> {
            assertThat(choices.below(5)).isBetween(0, 4);
            assertThat(calls.getAndIncrement()).isNotEqualTo(20);
        });

        assertThat(failure).hasMessageContaining("did not fail again").hasMessageContaining("20");
    }

    @Test
    void searchesForASmallerInputNoLongerThanAllowed() {
        AssertionError failure = failure(
                property(3).maximumShrinkTime(Duration.ZERO),
                choices ->
                        assertThat(choices.listOf(0, 9, each -> each.below(9))).isEmpty());

        assertThat(failure).hasMessageContaining("after 0 smaller tries");
    }
}
