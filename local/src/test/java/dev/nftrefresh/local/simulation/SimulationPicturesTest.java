package dev.nftrefresh.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.simulation.RequestTimeline.TimelineMinute;
import dev.nftrefresh.local.simulation.SimulationSeries.RunName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pictures, tables and series of the documents are of the same runs. */
class SimulationPicturesTest {
    private static final String DRAW =
            "mvn test -pl local -am -Dtest=PictureReport -Dsurefire.failIfNoSpecifiedTests=false";

    private static final Pattern TEXT =
            Pattern.compile("<text x=\"([0-9.]+)\" y=\"[0-9.]+\" class=\"([a-z ]*)\">([^<]*)</text>");

    @Test
    void eachPictureIsThatOfTheFiguresInTheDocuments() throws IOException {
        for (Map.Entry<String, String> picture : SimulationFiles.pictures().entrySet()) {
            assertThat(SimulationFiles.PICTURES.resolve(picture.getKey()))
                    .as("drawn by " + DRAW)
                    .hasContent(picture.getValue());
        }
    }

    @Test
    void aPictureSaysTheFiguresOfTheTable() throws IOException {
        RunName naive = new RunName("10,000 tokens updated 5 times each in chaos, 4 copies", "naive");
        String figure = SimulationFiles.table().figure(naive, "stale overwrites");
        String page = Files.readString(SimulationFiles.PAGE);
        var other = SimulationTable.of(page.replace("| " + figure + " |", "| 1 (0) |"));

        assertThat(SimulationFiles.pictures().get("difference.svg")).contains("naive " + figure + ", nft-refresh 0.");
        assertThat(new SimulationPictures(other, SimulationFiles.series()).all().get("difference.svg"))
                .contains("naive 1 (0), nft-refresh 0.");
    }

    @Test
    void thePictureOfTheIdeasSaysTheFiguresOfTheirTables() {
        String page = """
                %s| all ideas | | 25.0 | 20 | 0.0 %% | 2.00 / 14 | 7 / 1,000 / 1,003 s | 0 | 0 | 0.3 h | 8.00 / 1.60 |
                | without this | | 25.0 | 50 | 0.0 %% | 2.04 / 14 | 7 / 500 / 1,003 s | 62 | 0 | 0.3 h | 80.00 / 16.00 |
                """.formatted(IdeasTables.HEAD);

        List<String> texts = TEXT.matcher(IdeasPicture.of(page))
                .results()
                .map(text -> text.group(3))
                .toList();

        assertThat(texts.subList(texts.indexOf("this"), texts.size()))
                .containsExactly("this", "× 0.50", "× 2.5", "", "× 10", "+62");
    }

    @Test
    void eachTextFitsIntoItsPicture() throws IOException {
        SimulationFiles.pictures()
                .forEach((name, picture) -> assertThat(TEXT.matcher(picture).results())
                        .as(name)
                        .isNotEmpty()
                        .allSatisfy(text -> {
                            List<String> classes = List.of(text.group(2).split(" "));
                            double width = text.group(3).length() * widthOfACharacter(classes.getFirst());
                            double x = Double.parseDouble(text.group(1));
                            double left =
                                    x - (classes.contains("end") ? width : classes.contains("middle") ? width / 2 : 0);
                            assertThat(left).as(text.group(3)).isNotNegative();
                            assertThat(left + width).as(text.group(3)).isLessThan(480);
                        }));
    }

    /** In the widest font that a browser may choose, DejaVu Sans. */
    private static double widthOfACharacter(String ofClass) {
        return switch (ofClass) {
            case "note" -> 7;
            case "tick" -> 7.7;
            default -> 9;
        };
    }

    @Test
    void theSeriesAreThoseOfTheRowsOfTheTable() throws IOException {
        SimulationTable table = SimulationFiles.table();
        List<SimulationSeries> all = SimulationFiles.series();

        assertThat(all).isNotEmpty().allSatisfy(series -> {
            long requests = series.minutes().stream()
                    .mapToLong(TimelineMinute::requests)
                    .sum();
            long throttled = series.minutes().stream()
                    .mapToLong(TimelineMinute::throttled)
                    .sum();
            assertThat(table.figure(series.run(), "requests")).isEqualTo(text("%,d", requests));
            assertThat(table.figure(series.run(), "429")).isEqualTo(text("%.1f %%", 100.0 * throttled / requests));
            assertThat(table.figure(series.run(), "wait median / p95 / p99"))
                    .isEqualTo(text(
                            "%,.0f s / %,.0f s / %,.0f s",
                            series.waits().get(49) / 1e3,
                            series.waits().get(94) / 1e3,
                            series.waits().get(98) / 1e3));
        });
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library that is not used here
    private static String text(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}
