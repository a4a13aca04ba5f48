package dev.nftrefresh.operator;

import java.util.List;
import java.util.stream.IntStream;

/** An answer for people: lines that fit the terminal, with labels and columns aligned. */
public final class TextReport {
    private static final int LABEL_COLUMNS = 14;
    /** On a narrower terminal a value is printed below its label. */
    private static final int LEAST_FOR_LABELS = 60;

    private static final String INDENT = "  ";
    private static final String GAP = "   ";

    private final TerminalOutput terminal;
    private final StringBuilder text = new StringBuilder();

    public TextReport(TerminalOutput terminal) {
        this.terminal = terminal;
    }

    /** What a line says to whom only sees its colour. */
    public enum Tone {
        PLAIN(""),
        STRONG("1"),
        GOOD("32"),
        CAUTION("33"),
        BAD("1;31");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    public TextReport paragraph(Tone tone, String words) {
        wrapped(words, terminal.columns()).forEach(line -> append(tone, line));
        return this;
    }

    /** A paragraph that belongs to the line before. */
    public TextReport indented(String words) {
        wrapped(words, terminal.columns() - INDENT.length()).forEach(line -> append(Tone.PLAIN, INDENT + line));
        return this;
    }

    public TextReport blank() {
        text.append('\n');
        return this;
    }

    /** A label and its value. */
    public TextReport row(String label, Tone tone, String value) {
        if (terminal.columns() < LEAST_FOR_LABELS) {
            append(Tone.STRONG, label);
            wrapped(value, terminal.columns() - INDENT.length()).forEach(line -> append(tone, INDENT + line));
            return this;
        }
        String left = label;
        for (String line : wrapped(value, terminal.columns() - LABEL_COLUMNS)) {
            text.append(styled(Tone.STRONG, left)).append(" ".repeat(Math.max(1, LABEL_COLUMNS - left.length())));
            append(tone, line);
            left = "";
        }
        return this;
    }

    public TextReport row(String label, String value) {
        return row(label, Tone.PLAIN, value);
    }

    /**
     * Columns under their names, the first one to the left and the others to the right; where they do not fit, each row
     * becomes lines.
     */
    public TextReport table(List<String> names, List<List<String>> rows) {
        int[] widths = IntStream.range(0, names.size())
                .map(column -> Math.max(
                        names.get(column).length(),
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toArray();
        int width = IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
        if (width > terminal.columns()) {
            rows.forEach(row -> inLines(names, row));
            return this;
        }
        append(Tone.STRONG, cells(names, widths));
        rows.forEach(row -> append(Tone.PLAIN, cells(row, widths)));
        return this;
    }

    private void inLines(List<String> names, List<String> row) {
        append(Tone.STRONG, row.getFirst());
        List<String> cells = IntStream.range(1, names.size())
                .filter(column -> !row.get(column).isEmpty())
                .mapToObj(column -> names.get(column) + " " + row.get(column))
                .toList();
        indented(String.join(", ", cells));
    }

    private static String cells(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? row.get(column) + padding : GAP + padding + row.get(column));
        }
        return line.toString();
    }

    private void append(Tone tone, String line) {
        text.append(styled(tone, line.stripTrailing())).append('\n');
    }

    /** Text from outside cannot bring escape sequences of its own. */
    private String styled(Tone tone, String words) {
        String safe = TerminalSafeText.line(words);
        return terminal.colour() && tone != Tone.PLAIN && !safe.isEmpty()
                ? "\u001b[" + tone.code + "m" + safe + "\u001b[0m"
                : safe;
    }

    private static List<String> wrapped(String words, int columns) {
        return WrappedText.lines(words, "", columns);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
