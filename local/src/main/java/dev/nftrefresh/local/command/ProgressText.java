package dev.nftrefresh.local.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a progress line can say, of which it says as much as the terminal has room for. */
final class ProgressText {
    private static final String BETWEEN = "  ";

    private final List<Part> parts = new ArrayList<>();

    /** The least important parts, those with the highest rank, become narrow first; an empty text is left out. */
    private static final class Part {
        private final int rank;
        private final String narrow;
        private String shown;

        Part(int rank, String text, String narrow) {
            this.rank = rank;
            this.shown = text;
            this.narrow = narrow;
        }
    }

    /** Adds a part that is left out where there is no room for it. */
    ProgressText add(int rank, String text) {
        return add(rank, text, "");
    }

    /** Adds a part that says this instead where there is no room for it. */
    ProgressText add(int rank, String text, String narrow) {
        parts.add(new Part(rank, text, narrow));
        return this;
    }

    /** The line, which never takes more than so many columns. */
    String fit(int columns) {
        List<Part> byImportance = new ArrayList<>(parts);
        byImportance.sort(Comparator.comparingInt((Part part) -> part.rank).reversed());
        for (Part part : byImportance) {
            if (line().length() <= columns) {
                break;
            }
            part.shown = part.narrow;
        }
        String line = line();
        return line.length() <= columns ? line : line.substring(0, columns);
    }

    private String line() {
        return parts.stream()
                .map(part -> part.shown)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(BETWEEN));
    }
}
