package dev.nftrefresh.local.picture;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A picture for a document, in light and in dark. It is narrow, so that a telephone hardly shrinks it, and brings its own
 * background, because a page may be dark where the browser is light.
 */
public final class SvgPicture {
    static final int WIDTH = 480;

    private static final String STYLE = """
              <style>
                text { font: 15px system-ui, -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: #1f2328 }
                .title { font-weight: 600 }
                .note, .tick { font-size: 13px; fill: #59636e }
                .end { text-anchor: end }
                .middle { text-anchor: middle }
                .card { fill: #ffffff; stroke: #d1d9e0 }
                .grid { stroke: #d1d9e0 }
                .naive { fill: #bc4c00 }
                .ours { fill: #0969da }
                .naive-line { fill: none; stroke: #bc4c00; stroke-width: 2.5; stroke-dasharray: 6 4 }
                .ours-line { fill: none; stroke: #0969da; stroke-width: 2.5 }
                @media (prefers-color-scheme: dark) {
                  text { fill: #f0f6fc }
                  .note, .tick { fill: #9198a1 }
                  .card { fill: #0d1117; stroke: #3d444d }
                  .grid { stroke: #3d444d }
                  .naive { fill: #db6d28 }
                  .ours { fill: #4493f8 }
                  .naive-line { stroke: #db6d28 }
                  .ours-line { stroke: #4493f8 }
                }
              </style>
            """;

    private final String title;
    private final String description;
    private final StringBuilder shapes = new StringBuilder();

    /** A point of the picture, from its upper left corner. */
    record PicturePoint(double x, double y) {
        double distance(PicturePoint other) {
            return Math.hypot(x - other.x, y - other.y);
        }
    }

    /**
     * An empty one.
     *
     * @param description what it shows, with the figures, for who cannot see it
     */
    public SvgPicture(String title, String description) {
        this.title = title;
        this.description = description;
    }

    void text(double x, double y, String classes, String text) {
        shape("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>", x, y, classes, escaped(text));
    }

    void bar(double x, double y, double width, double height, String classes) {
        shape(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" class=\"%s\"/>",
                x, y, width, height, classes);
    }

    /** A bar of that opacity, from 0 to 1. */
    void shade(double x, double y, double width, double height, String classes, double opacity) {
        shape(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" class=\"%s\" fill-opacity=\"%.2f\"/>",
                x, y, width, height, classes, opacity);
    }

    void line(PicturePoint from, PicturePoint to, String classes) {
        shape(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>",
                from.x(), from.y(), to.x(), to.y(), classes);
    }

    void path(List<PicturePoint> points, String classes) {
        String along = points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
                .collect(Collectors.joining(" "));
        shape("<polyline points=\"%s\" class=\"%s\"/>", along, classes);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library that is not used here
    private void shape(String format, Object... values) {
        shapes.append("  ").append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** The whole file. */
    String finished(double height) {
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$.0f" viewBox="0 0 %1$d %2$.0f" role="img" aria-labelledby="title desc">
                  <title id="title">%3$s</title>
                  <desc id="desc">%4$s</desc>
                """, WIDTH, height, escaped(title), escaped(description))
                + STYLE
                + String.format(
                        Locale.ROOT,
                        "  <rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%.0f\" rx=\"6\" class=\"card\"/>%n",
                        WIDTH - 1,
                        height - 1)
                + shapes
                + "</svg>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
