package dev.nftrefresh.operator;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines between words. */
public final class WrappedText {
    private WrappedText() {}

    /**
     * The lines of a text, none with more than so many columns unless it is a single word.
     *
     * @param indent before each line but the first
     */
    public static List<String> lines(String text, String indent, int columns) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && !line.toString().isBlank() && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(indent).append(word);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
