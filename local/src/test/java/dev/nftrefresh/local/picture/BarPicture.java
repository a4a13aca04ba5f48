package dev.nftrefresh.local.picture;

import java.util.Comparator;
import java.util.List;

/** Draws comparisons below each other, each with a bar for either, as long as its figure is large. */
public final class BarPicture {
    private static final double MARGIN = 16;
    private static final double BARS_FROM = 112;
    private static final double LONGEST = 230;
    private static final double BAR = 20;
    private static final double COMPARISON = 116;
    /** So that a figure of nothing is still seen to be one. */
    private static final double SHORTEST = 2;

    private BarPicture() {}

    /**
     * A figure of both.
     *
     * @param title what is counted
     * @param note where
     */
    public record BarComparison(String title, String note, List<ComparedBar> bars) {
        private String told() {
            StringBuilder text = new StringBuilder(title + ", " + note + ":");
            bars.forEach(bar -> text.append(' ')
                    .append(bar.series().label())
                    .append(' ')
                    .append(bar.text())
                    .append(','));
            text.setCharAt(text.length() - 1, '.');
            return text.toString();
        }
    }

    /**
     * One bar.
     *
     * @param text the figure as the table has it
     */
    public record ComparedBar(PictureSeries series, String text) {
        /** The number that the text begins with. */
        double length() {
            return Double.parseDouble(text.replaceFirst("^([0-9.,]+).*$", "$1").replace(",", ""));
        }

        /** Without what stands in brackets. */
        String shown() {
            return text.replaceFirst(" \\(.*$", "");
        }
    }

    /** The whole file. */
    public static String of(String title, List<BarComparison> comparisons) {
        var picture = new SvgPicture(
                title,
                comparisons.stream()
                        .map(BarComparison::told)
                        .reduce((before, after) -> before + " " + after)
                        .orElse(""));
        double top = 0;
        for (BarComparison comparison : comparisons) {
            picture.text(MARGIN, top + 30, "title", comparison.title());
            picture.text(MARGIN, top + 50, "note", comparison.note());
            double longest = comparison.bars().stream()
                    .max(Comparator.comparingDouble(ComparedBar::length))
                    .map(ComparedBar::length)
                    .orElse(1.0);
            double y = top + 62;
            for (ComparedBar bar : comparison.bars()) {
                double length = Math.max(SHORTEST, LONGEST * bar.length() / Math.max(longest, Double.MIN_NORMAL));
                picture.text(BARS_FROM - 8, y + 15, "end", bar.series().label());
                picture.bar(BARS_FROM, y, length, BAR, bar.series().style());
                picture.text(BARS_FROM + length + 8, y + 15, "title", bar.shown());
                y += BAR + 6;
            }
            top += COMPARISON;
        }
        return picture.finished(top + 12);
    }
}
