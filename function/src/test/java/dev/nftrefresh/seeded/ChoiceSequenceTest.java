package dev.nftrefresh.seeded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChoiceSequenceTest {
    private static <T> List<T> many(Function<ChoiceSequence, T> drawn) {
        return LongStream.range(0, 5_000)
                .mapToObj(seed -> drawn.apply(ChoiceSequence.seeded(seed)))
                .toList();
    }

    private static final String RANGES = """
            0, 0
            5, 6
            -3, 3
            -2, 700
            -700, 2
            0, 1000000
            250, 16384
            -20, -10
            -10000, 8000000
            9223372036854775806, 9223372036854775807
            -9223372036854775808, 9223372036854775807
            -9223372036854775808, 5
            1, 9223372036854775807
            """;

    @ParameterizedTest
    @CsvSource(textBlock = RANGES)
    void aNumberIsInItsRangeAndItsEndsOccur(long lo, long hi) {
        assertThat(many(choices -> choices.between(lo, hi)))
                .allMatch(number -> number >= lo && number <= hi)
                .contains(lo, hi, Math.min(lo + 1, hi), Math.max(lo, hi - 1));
    }

    @ParameterizedTest
    @CsvSource(textBlock = RANGES)
    void theSameChoicesDrawTheSame(long lo, long hi) {
        Function<ChoiceSequence, List<?>> all = choices -> List.of(
                choices.between(lo, hi),
                choices.listOf(0, 9, each -> each.text(0, 9)),
                choices.flip(),
                choices.weighted(1, 5, 2),
                choices.shuffled(List.of(1, 2, 3, 4)),
                choices.random().nextLong(),
                choices.between(lo, hi));
        for (long seed = 0; seed < 500; seed++) {
            ChoiceSequence first = ChoiceSequence.seeded(seed);
            List<?> drawn = all.apply(first);

            ChoiceSequence second = ChoiceSequence.again(first.drawn(), true);

            assertThat(all.apply(second)).isEqualTo(drawn);
            assertThat(second.drawn()).isEqualTo(first.drawn());
        }
    }

    @Test
    void noChoicesGiveTheSimplestInput() {
        ChoiceSequence simplest = ChoiceSequence.again(new long[0], false);

        assertThat(simplest.between(-5, 5)).isZero();
        assertThat(simplest.between(3, 5)).isEqualTo(3);
        assertThat(simplest.between(-5, -3)).isEqualTo(-3);
        assertThat(simplest.flip()).isFalse();
        assertThat(simplest.oneOf("a", "b")).isEqualTo("a");
        assertThat(simplest.text(0, 9)).isEmpty();
        assertThat(simplest.text(2, 9)).isEqualTo("aa");
        assertThat(simplest.shuffled(List.of(1, 2, 3))).containsExactly(1, 2, 3);
    }

    @Test
    void listsHaveEveryLengthAndAreOftenEmptyOrFull() {
        Map<Integer, Integer> lengths = new HashMap<>();
        many(choices -> choices.listOf(2, 60, ChoiceSequence::flip).size())
                .forEach(length -> lengths.merge(length, 1, Integer::sum));

        assertThat(lengths).hasSize(59);
        assertThat(lengths.get(2)).isGreaterThan(200);
        assertThat(lengths.get(60)).isGreaterThan(200);
    }

    @Test
    void aHeavierOptionOccursMoreOften() {
        List<Integer> places = many(choices -> choices.weighted(1, 7, 2));

        assertThat(places).contains(0, 2).filteredOn(place -> place == 1).hasSizeBetween(3_200, 3_800);
        assertThat(many(choices -> choices.chance(1, 4))).filteredOn(yes -> yes).hasSizeBetween(1_050, 1_450);
        assertThat(many(choices -> choices.chance(0, 4))).containsOnly(false);
        assertThat(many(choices -> choices.chance(4, 4))).containsOnly(true);
    }

    @Test
    void lettersAreOfAllKinds() {
        Set<Integer> letters = new HashSet<>(many(ChoiceSequence::letter));

        assertThat(letters)
                .contains((int) 'a', 0, 0xd800, 0xdfff, 0xffff, 0x10ffff)
                .allMatch(Character::isValidCodePoint);
        assertThat(many(choices -> choices.text(0, 20, "xyz")))
                .allMatch(text -> text.matches("[xyz]{0,20}"))
                .anyMatch(text -> text.length() == 20);
    }

    @Test
    void bytesAreOfAnyValue() {
        assertThat(many(choices -> choices.bytes(1, 4)))
                .allMatch(bytes -> bytes.length >= 1 && bytes.length <= 4)
                .anyMatch(bytes -> bytes[0] == -128)
                .anyMatch(bytes -> bytes[0] == -1)
                .anyMatch(bytes -> bytes[0] == 127);
    }

    @Test
    void everyOrderOccurs() {
        assertThat(new HashSet<>(many(choices -> choices.shuffled(List.of(1, 2, 3)))))
                .hasSize(6);
    }

    @Test
    void notesAreFormattedOnlyIfTheyAreRead() {
        List<String> fields = new ArrayList<>();
        for (boolean telling : new boolean[] {false, true}) {
            ChoiceSequence choices = ChoiceSequence.again(new long[] {4}, telling);
            choices.note("text", choices.below(5));
            choices.note("array", new int[][] {{1}, {2}});
            fields.addAll(choices.notes());
        }

        assertThat(fields).containsExactly("text = 4", "array = [[1], [2]]");
    }
}
