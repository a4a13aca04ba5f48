package dev.nftrefresh.local.command;

import dev.nftrefresh.bulkfile.BulkFileElement;
import dev.nftrefresh.bulkfile.BulkFileReader;
import dev.nftrefresh.operator.TerminalSafeText;
import dev.nftrefresh.operator.WrappedText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a check of a bulk file found. Each fault is a line that editors can jump from; of equal ones the first are shown, and the
 * others counted.
 */
final class CheckFindings {
    /** What makes two faults differ though they are the same mistake: whose they are, and the values. */
    private static final Pattern PARTICULAR = Pattern.compile("\\([^)]*\\)|\"[^\"]*\"|\\d[\\d,.]*|Token |The token ");

    private static final int SHOWN_OF_EACH = 5;
    /** A file that is no bulk file at all may be wrong in as many ways as it has lines. */
    private static final int MOST_KINDS = 1_000;

    private final String file;
    private final PrintWriter out;
    private final int columns;
    private final boolean showsAll;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private long good;
    private long refused;
    private boolean broken;

    /**
     * Nothing was found yet.
     *
     * @param columns that a line has; a fault in a file is one line, however long
     * @param showsAll for whoever wants equal faults one by one
     */
    CheckFindings(String file, PrintWriter out, int columns, boolean showsAll) {
        this.file = file;
        this.out = out;
        this.columns = columns;
        this.showsAll = showsAll;
    }

    /** Equal faults. */
    private static final class Kind {
        private final long first;
        private long count;
        private long firstHidden;
        private long last;

        Kind(long first) {
            this.first = first;
        }
    }

    void good() {
        good++;
    }

    void refused(BulkFileElement.RejectedElement element) {
        refused++;
        fault(
                element.position().line(),
                element.rejection().reason().name(),
                element.rejection().detail());
    }

    /** A token that would be loaded, but not without a warning, where warnings are faults. */
    void refusedStrictly(long line, Iterable<String> warnings) {
        refused++;
        warnings.forEach(warning -> fault(line, "UNKNOWN_FIELD", warning));
    }

    void broken(BulkFileElement.UnreadableRest element) {
        broken = true;
        print(element.position().line(), "BROKEN", element.detail());
    }

    private void fault(long line, String reason, String detail) {
        String name = reason + ": " + PARTICULAR.matcher(detail).replaceAll("");
        Kind kind = kinds.get(name);
        if (kind == null) {
            kind = new Kind(line);
            if (kinds.size() < MOST_KINDS) {
                kinds.put(name, kind);
            }
        }
        kind.count++;
        kind.last = line;
        if (showsAll || kind.count <= SHOWN_OF_EACH) {
            print(line, reason, detail);
        } else if (kind.firstHidden == 0) {
            kind.firstHidden = line;
        }
    }

    /** A detail may quote the file, in which a line may hold anything, and so may its name. */
    private void print(long line, String reason, String detail) {
        String fault = TerminalSafeText.line(file + ":" + line + ": " + reason + ": " + detail);
        WrappedText.lines(fault, "  ", columns).forEach(out::println);
        out.flush();
    }

    /** After the last element; a file without any is at fault, too. */
    void end() {
        if (isEmpty()) {
            print(1, "EMPTY", BulkFileReader.EMPTY);
        }
        kinds.forEach((name, kind) -> {
            if (kind.firstHidden > 0) {
                print(
                        kind.firstHidden,
                        name.substring(0, name.indexOf(':')),
                        String.format(
                                Locale.ROOT,
                                "and %,d more like line %d, up to line %d; --all shows each.",
                                kind.count - SHOWN_OF_EACH,
                                kind.first,
                                kind.last));
            }
        });
    }

    boolean any() {
        return broken || refused > 0 || isEmpty();
    }

    private boolean isEmpty() {
        return !broken && good + refused == 0;
    }

    String summary() {
        String counts =
                String.format(Locale.ROOT, "%,d tokens read: %,d good, %,d refused", good + refused, good, refused);
        return counts + (broken ? "; the file could not be read to its end." : ".");
    }
}
