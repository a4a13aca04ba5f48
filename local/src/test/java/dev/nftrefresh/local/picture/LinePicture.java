package dev.nftrefresh.local.picture;

import dev.nftrefresh.local.picture.SvgPicture.PicturePoint;
import java.util.ArrayList;
import java.util.List;

/** Draws panels below each other, each with a line for either of the two that are compared. */
public final class LinePicture {
    private static final double LEFT = 64;
    private static final double RIGHT = SvgPicture.WIDTH - 20.0;
    private static final double HEIGHT = 170;
    private static final double PANEL = HEIGHT + 106;
    private static final double LEGEND = 34;
    private static final double LEAST_STEP = 1;

    private LinePicture() {}

    /** What one direction measures, with the places that are named. */
    public record PictureAxis(double from, double to, boolean logarithmic, List<AxisTick> ticks) {
        private double share(double value) {
            double inside = Math.clamp(value, from, to);
            return logarithmic ? Math.log(inside / from) / Math.log(to / from) : (inside - from) / (to - from);
        }
    }

    /** A place of an axis and its name. */
    public record AxisTick(double value, String text) {}

    /** A place in a panel, in what its axes measure. */
    public record DataPoint(double x, double y) {}

    /** The line of one of the two. */
    public record PictureLine(PictureSeries series, List<DataPoint> points) {}

    /**
     * One panel.
     *
     * @param title what goes up
     * @param note in which run
     * @param along what goes to the right
     */
    public record LinePanel(
            String title, String note, String along, PictureAxis x, PictureAxis y, List<PictureLine> lines) {
        private PicturePoint at(double top, DataPoint point) {
            return new PicturePoint(
                    LEFT + (RIGHT - LEFT) * x.share(point.x()), top + HEIGHT - HEIGHT * y.share(point.y()));
        }
    }

    /**
     * The whole file.
     *
     * @param description with the figures of the table
     */
    public static String of(String title, String description, List<LinePanel> panels) {
        var picture = new SvgPicture(title, description);
        legend(picture);
        double top = LEGEND;
        for (LinePanel panel : panels) {
            picture.text(16, top + 24, "title", panel.title());
            picture.text(16, top + 44, "note", panel.note());
            draw(picture, panel, top + 60);
            top += PANEL;
        }
        return picture.finished(top + 6);
    }

    private static void legend(SvgPicture picture) {
        double x = 16;
        for (PictureSeries series : PictureSeries.values()) {
            picture.line(new PicturePoint(x, 23), new PicturePoint(x + 30, 23), series.style() + "-line");
            picture.text(x + 38, 28, "", series.label());
            x += 110;
        }
    }

    private static void draw(SvgPicture picture, LinePanel panel, double top) {
        for (AxisTick tick : panel.y().ticks()) {
            double y = top + HEIGHT - HEIGHT * panel.y().share(tick.value());
            picture.line(new PicturePoint(LEFT, y), new PicturePoint(RIGHT, y), "grid");
            picture.text(LEFT - 8, y + 5, "tick end", tick.text());
        }
        for (AxisTick tick : panel.x().ticks()) {
            double x = LEFT + (RIGHT - LEFT) * panel.x().share(tick.value());
            picture.line(new PicturePoint(x, top + HEIGHT), new PicturePoint(x, top + HEIGHT + 5), "grid");
            picture.text(x, top + HEIGHT + 19, "tick middle", tick.text());
        }
        picture.text((LEFT + RIGHT) / 2, top + HEIGHT + 37, "note middle", panel.along());
        for (PictureLine line : panel.lines()) {
            picture.path(
                    thinned(line.points().stream()
                            .map(point -> panel.at(top, point))
                            .toList()),
                    line.series().style() + "-line");
        }
    }

    /** Without those that nobody could tell from the one before. */
    private static List<PicturePoint> thinned(List<PicturePoint> points) {
        var kept = new ArrayList<PicturePoint>();
        for (int i = 0; i < points.size(); i++) {
            boolean isLast = i == points.size() - 1;
            if (kept.isEmpty() || isLast || kept.getLast().distance(points.get(i)) >= LEAST_STEP) {
                kept.add(points.get(i));
            }
        }
        return kept;
    }
}
