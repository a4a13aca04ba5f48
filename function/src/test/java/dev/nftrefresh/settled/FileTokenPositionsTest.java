package dev.nftrefresh.settled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.seeded.SeededProperty;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileTokenPositionsTest {
    private static List<FileTokenPosition> places(String file, LongStream elements) {
        return elements.mapToObj(element -> new FileTokenPosition(file, element))
                .toList();
    }

    @Test
    void aWholeMessageIsOneRange() {
        assertThat(FileTokenPositions.text(places("f", LongStream.range(500, 750))))
                .isEqualTo("f:500-749");
    }

    @Test
    void aRejectedElementBetweenThemBreaksTheRange() {
        assertThat(FileTokenPositions.text(places("f", LongStream.of(0, 1, 3, 4, 9))))
                .isEqualTo("f:0-1,3-4,9");
    }

    @Test
    void tokensOfSeveralFilesAndOfNoneKeepTheirOrder() {
        List<FileTokenPosition> places = Stream.of(
                        places("f", LongStream.of(7, 3)),
                        List.of(FileTokenPosition.NOWHERE),
                        places("g", LongStream.of(0)))
                .flatMap(List::stream)
                .toList();

        assertThat(FileTokenPositions.text(places)).isEqualTo("f:7,3 :0 g:0");
        assertThat(FileTokenPositions.of(FileTokenPositions.text(places))).isEqualTo(places);
    }

    @Test
    void aWrittenTextIsReadAgain() {
        SeededProperty.of("places are read as they were written").tries(1_000).check(choices -> {
            List<FileTokenPosition> places = choices.listOf(
                    1,
                    300,
                    each -> new FileTokenPosition(
                            each.oneOf("f", "g", ""), each.between(0L, each.oneOf(5L, 1L << 40))));

            assertThat(FileTokenPositions.of(FileTokenPositions.text(places))).isEqualTo(places);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "f", "f:", "f:a", "f:3-1", "f:-1", "f:0-10000", "f:0-5000 g:0-5000", "f:99999999999999999999"
            })
    void anyOtherTextHasNoPositions(String text) {
        assertThat(FileTokenPositions.of(text)).isEmpty();
    }
}
