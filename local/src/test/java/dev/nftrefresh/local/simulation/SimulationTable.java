package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.simulation.SimulationSeries.RunName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of the page, as its table has them. */
final class SimulationTable {
    private static final List<String> HEAD =
            cells(ReportTable.HEAD.lines().findFirst().orElseThrow());

    private final Map<RunName, String> rows;

    private SimulationTable(Map<RunName, String> rows) {
        this.rows = rows;
    }

    static SimulationTable of(String page) {
        return rows(page.substring(page.indexOf(ReportTable.HEAD) + ReportTable.HEAD.length()));
    }

    /** Of the rows alone. */
    static SimulationTable rows(String rows) {
        var table = new LinkedHashMap<RunName, String>();
        rows.lines().takeWhile(line -> line.startsWith("|")).forEach(line -> {
            List<String> cells = cells(line);
            table.put(new RunName(cells.getFirst(), cells.get(1)), line);
        });
        return new SimulationTable(table);
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    /** These rows in the place of those of the same runs; those of other runs at the end. */
    SimulationTable with(SimulationTable newer) {
        var all = new LinkedHashMap<>(rows);
        all.putAll(newer.rows);
        return new SimulationTable(all);
    }

    String text() {
        return rows.values().stream().map(row -> row + "\n").collect(Collectors.joining());
    }

    /** What the row of a run says in a column. */
    String figure(RunName run, String column) {
        String row = rows.get(run);
        if (row == null) {
            throw new IllegalArgumentException("The page has no row of " + run);
        }
        return cells(row).get(HEAD.indexOf(column));
    }
}
