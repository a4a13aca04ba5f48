package dev.nftrefresh.local.simulation;

import dev.nftrefresh.local.picture.HeatmapPicture;
import dev.nftrefresh.local.picture.HeatmapPicture.HeatmapCell;
import dev.nftrefresh.local.picture.HeatmapPicture.HeatmapRow;
import dev.nftrefresh.local.picture.HeatmapPicture.HeatmapTitle;
import dev.nftrefresh.local.simulation.IdeasTables.ComparedFigures;
import dev.nftrefresh.local.simulation.IdeasTables.IdeaFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Draws the price of each idea: how much more or less of everything there is without it. */
final class IdeasPicture {
    /** In dollars a million. */
    private static final double READ = 0.125;

    private static final double WRITE = 0.625;
    /** Eight times as much is coloured as strongly as can be. */
    private static final double STRONG = Math.log(8);
    /** Less is chance: another order of the same. */
    private static final double NOTHING = Math.log(1.05);

    private static final String NAIVE = "any (naive)";

    private IdeasPicture() {}

    private record Measure(String name, List<String> heading, ToDoubleFunction<IdeaFigures> figure) {
        private double ratio(ComparedFigures idea) {
            return figure.applyAsDouble(idea.without()) / figure.applyAsDouble(idea.withAll());
        }
    }

    private static final Measure WAIT =
            new Measure("wait p95", List.of("wait", "p95"), row -> row.figure("wait p50 / p95 / p99", 1));

    private static final List<Measure> MEASURES = List.of(
            WAIT,
            new Measure("requests", List.of("re-", "quests"), row -> row.figure("requests", 0)),
            new Measure("receives", List.of("re-", "ceives"), row -> row.figure("receives a message, mean / most", 0)),
            new Measure("table cost", List.of("table", "cost"), IdeasPicture::tableCost));

    private static final String STALE = "stale";

    static String of(String page) {
        List<ComparedFigures> ideas = IdeasTables.of(page).stream()
                .filter(idea -> !idea.name().equals(NAIVE))
                .sorted(Comparator.comparingDouble(WAIT::ratio).reversed().thenComparing(ComparedFigures::name))
                .toList();
        List<List<String>> headings =
                new ArrayList<>(MEASURES.stream().map(Measure::heading).toList());
        headings.add(List.of("stale", "writes"));
        return HeatmapPicture.of(
                new HeatmapTitle(
                        "Without this idea there is so much more or less",
                        ideas.stream().map(IdeasPicture::told).collect(Collectors.joining(" ")),
                        "Orange: more. Blue: less. Empty: a difference below 5 %."),
                headings,
                ideas.stream().map(IdeasPicture::row).toList());
    }

    private static HeatmapRow row(ComparedFigures idea) {
        List<HeatmapCell> cells = new ArrayList<>(
                MEASURES.stream().map(measure -> cell(measure.ratio(idea))).toList());
        double more = stale(idea);
        cells.add(new HeatmapCell(more == 0 ? "" : String.format(Locale.ROOT, "%+,.0f", more), Math.signum(more)));
        return new HeatmapRow(idea.name(), cells);
    }

    private static double stale(ComparedFigures idea) {
        return idea.without().figure(STALE, 0) - idea.withAll().figure(STALE, 0);
    }

    private static HeatmapCell cell(double ratio) {
        double strength = Math.log(ratio);
        if (Math.abs(strength) < NOTHING) {
            return new HeatmapCell("", 0);
        }
        return new HeatmapCell(text(ratio), Math.clamp(0.15 * Math.signum(strength) + 0.85 * strength / STRONG, -1, 1));
    }

    private static String text(double ratio) {
        return String.format(Locale.ROOT, ratio < 1 ? "× %.2f" : ratio < 9.95 ? "× %.1f" : "× %.0f", ratio);
    }

    private static double tableCost(IdeaFigures row) {
        return READ * row.figure("table reads / writes a token", 0)
                + WRITE * row.figure("table reads / writes a token", 1);
    }

    private static String told(ComparedFigures idea) {
        String figures = MEASURES.stream()
                .map(measure -> String.format(
                        Locale.ROOT,
                        "%s %.2f instead of %.2f",
                        measure.name(),
                        measure.figure().applyAsDouble(idea.without()),
                        measure.figure().applyAsDouble(idea.withAll())))
                .collect(Collectors.joining(", "));
        return "Without " + idea.name() + ": " + figures
                + String.format(
                        Locale.ROOT,
                        ", stale %.0f instead of %.0f.",
                        idea.without().figure(STALE, 0),
                        idea.withAll().figure(STALE, 0));
    }
}
