package dev.nftrefresh.local.convert;

import dev.nftrefresh.operator.TerminalSafeText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was changed and what could not be, each kind counted, with the place where it was first. */
final class ConversionChanges {
    /** An export with more kinds has names that are data; the rest are counted as one. */
    private static final int MAX_KINDS = 100;

    private static final String OTHERS = "of other kinds";

    private final Map<String, Count> made = new LinkedHashMap<>();
    private final Map<String, Count> refused = new LinkedHashMap<>();
    private String place = "";

    private static final class Count {
        private final String first;
        private long times;

        private Count(String first) {
            this.first = first;
        }
    }

    /** Where the document is that what follows is about. */
    void at(String documentPlace) {
        place = documentPlace;
    }

    void made(String change) {
        count(made, change);
    }

    void refused(String reason) {
        count(refused, reason);
    }

    private void count(Map<String, Count> kinds, String kind) {
        String known = kinds.size() < MAX_KINDS || kinds.containsKey(kind) ? kind : OTHERS;
        kinds.computeIfAbsent(known, _ -> new Count(place)).times++;
    }

    boolean anyRefused() {
        return !refused.isEmpty();
    }

    void print(PrintWriter out) {
        print("Changed:", made, out);
        print("Not converted:", refused, out);
        out.flush();
    }

    private static void print(String heading, Map<String, Count> kinds, PrintWriter out) {
        if (kinds.isEmpty()) {
            return;
        }
        out.println(heading);
        kinds.forEach((kind, count) -> out.println(TerminalSafeText.line(
                String.format(Locale.ROOT, "%,11d  %s (first: %s)", count.times, kind, count.first))));
    }
}
