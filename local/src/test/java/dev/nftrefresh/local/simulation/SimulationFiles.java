package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.simulation.SimulationSeries.RunName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pages, what their pictures are drawn from, and where it all lies. */
final class SimulationFiles {
    static final Path DOCUMENTS = Path.of("..", "docs");
    static final Path PAGE = DOCUMENTS.resolve("simulation.md");
    static final Path IDEAS = DOCUMENTS.resolve("ideas.md");
    static final Path PICTURES = DOCUMENTS.resolve("pictures");

    private static final Path SERIES = PICTURES.resolve("simulation-minutes.csv");
    private static final Path WAITS = PICTURES.resolve("simulation-waits.csv");

    private SimulationFiles() {}

    static void write(String page, List<SimulationSeries> series) throws IOException {
        Files.createDirectories(PICTURES);
        Files.writeString(PAGE, page);
        Files.writeString(SERIES, SimulationSeries.minutesCsv(series));
        Files.writeString(WAITS, SimulationSeries.waitsCsv(series));
        draw();
    }

    /** Puts these rows and series in the place of those of the same runs. */
    static void merge(String rows, List<SimulationSeries> series) throws IOException {
        Map<RunName, SimulationSeries> all = new LinkedHashMap<>();
        if (Files.exists(SERIES)) {
            series().forEach(old -> all.put(old.run(), old));
        }
        series.forEach(ofRun -> all.put(ofRun.run(), ofRun));
        write(ReportTable.page(table().with(SimulationTable.rows(rows)).text()), List.copyOf(all.values()));
    }

    /** Draws the pictures out of what lies there. */
    static void draw() throws IOException {
        for (Map.Entry<String, String> picture : pictures().entrySet()) {
            Files.writeString(PICTURES.resolve(picture.getKey()), picture.getValue());
        }
    }

    static Map<String, String> pictures() throws IOException {
        var all = new TreeMap<String, String>(new SimulationPictures(table(), series()).all());
        all.put("ideas.svg", IdeasPicture.of(Files.readString(IDEAS)));
        return all;
    }

    static SimulationTable table() throws IOException {
        return SimulationTable.of(Files.readString(PAGE));
    }

    static List<SimulationSeries> series() throws IOException {
        return SimulationSeries.read(Files.readString(SERIES), Files.readString(WAITS));
    }
}
