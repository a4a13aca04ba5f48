package dev.nftrefresh.local.simulation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/** The figures of {@code docs/ideas.md}: of each scenario a table, with all ideas and without one after the other. */
final class IdeasTables {
    static final String HEAD = """
            | | quota used | tokens a request | requests | 429 | receives a message, mean / most | wait p50 / p95 / p99 | stale | lost | done after | table reads / writes a token |
            |---|---|---|---|---|---|---|---|---|---|---|
            """;

    /** The row to which the others of its table are compared. */
    static final String ALL = "all ideas";

    private static final String WITHOUT = "without ";
    private static final List<String> COLUMNS = cells(HEAD.lines().findFirst().orElseThrow());

    private IdeasTables() {}

    /** A row's cells. */
    record IdeaFigures(List<String> cells) {
        /** A number of a column with several. */
        double figure(String column, int part) {
            String text = cells.get(COLUMNS.indexOf(column)).split(" / ", -1)[part];
            return Double.parseDouble(text.replaceAll("[^0-9.]", ""));
        }
    }

    /**
     * What an idea is worth.
     *
     * @param name as the table has it
     */
    record ComparedFigures(String name, IdeaFigures withAll, IdeaFigures without) {}

    /** Each idea of the page, as the first table has it that switches it off. */
    static List<ComparedFigures> of(String page) {
        var ideas = new LinkedHashMap<String, ComparedFigures>();
        String head = HEAD.lines().findFirst().orElseThrow();
        IdeaFigures withAll = null;
        for (String line : page.lines().toList()) {
            if (line.equals(head) || !line.startsWith("|")) {
                withAll = null;
                continue;
            }
            List<String> cells = cells(line);
            if (cells.getFirst().equals(ALL)) {
                withAll = new IdeaFigures(cells);
            } else if (withAll != null && cells.getFirst().startsWith(WITHOUT)) {
                String name = cells.getFirst().substring(WITHOUT.length());
                ideas.putIfAbsent(name, new ComparedFigures(name, withAll, new IdeaFigures(cells)));
            }
        }
        return List.copyOf(ideas.values());
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }
}
