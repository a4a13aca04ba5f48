package dev.nftrefresh.local.picture;

import java.util.List;

/** Draws a table whose cells are the stronger coloured the more they say. */
public final class HeatmapPicture {
    private static final double MARGIN = 16;
    private static final double CELLS_FROM = 142;
    private static final double ROW = 28;
    private static final double TOP = 112;
    private static final double GAP = 2;
    /** So that its text can be read, in light and in dark. */
    private static final double STRONGEST = 0.6;

    private HeatmapPicture() {}

    /**
     * A cell.
     *
     * @param strength from -1, all of it better, over 0, no colour, to 1, all of it worse
     */
    public record HeatmapCell(String text, double strength) {}

    /** A row with its name. */
    public record HeatmapRow(String name, List<HeatmapCell> cells) {}

    /**
     * What the picture says of itself.
     *
     * @param description with the figures
     * @param note how to read it
     */
    public record HeatmapTitle(String title, String description, String note) {}

    /**
     * The whole file.
     *
     * @param columns two short lines each
     */
    public static String of(HeatmapTitle title, List<List<String>> columns, List<HeatmapRow> rows) {
        var picture = new SvgPicture(title.title(), title.description());
        picture.text(MARGIN, 30, "title", title.title());
        picture.text(MARGIN, 50, "note", title.note());
        double width = (SvgPicture.WIDTH - MARGIN - CELLS_FROM) / columns.size();
        for (int column = 0; column < columns.size(); column++) {
            double middle = CELLS_FROM + width * (column + 0.5);
            for (int line = 0; line < columns.get(column).size(); line++) {
                picture.text(
                        middle,
                        80 + 18.0 * line,
                        "tick middle",
                        columns.get(column).get(line));
            }
        }
        double y = TOP;
        for (HeatmapRow row : rows) {
            picture.text(MARGIN, y + 19, "", row.name());
            double x = CELLS_FROM;
            for (HeatmapCell cell : row.cells()) {
                if (cell.strength() != 0) {
                    picture.shade(
                            x + GAP / 2,
                            y + GAP / 2,
                            width - GAP,
                            ROW - GAP,
                            (cell.strength() > 0 ? PictureSeries.NAIVE : PictureSeries.OURS).style(),
                            STRONGEST * Math.min(1, Math.abs(cell.strength())));
                }
                picture.text(x + width / 2, y + 19, "middle", cell.text());
                x += width;
            }
            y += ROW;
        }
        return picture.finished(y + 12);
    }
}
