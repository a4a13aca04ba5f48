package dev.nftrefresh.local.command;

import dev.nftrefresh.file.FileElement;
import dev.nftrefresh.file.TokenFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** What a check of a bulk file found: the faults at once, each in a line that editors can jump from, and the figures. */
final class Findings {
    private final Path file;
    private final PrintWriter out;
    private long good;
    private long refused;
    private boolean broken;

    Findings(Path file, PrintWriter out) {
        this.file = file;
        this.out = out;
    }

    void add(FileElement element) {
        switch (element) {
            case FileElement.Token _ -> good++;
            case FileElement.Refused(var place, var rejection, var _, var _) -> {
                refused++;
                print(place.line(), rejection.reason().name(), rejection.detail());
            }
            case FileElement.Broken(var place, var detail) -> {
                broken = true;
                print(place.line(), "BROKEN", detail);
            }
        }
    }

    /** A detail may quote the file, in which a line may hold anything, and so may its name; a fault is one line. */
    private void print(long line, String reason, String detail) {
        out.println(TerminalText.line(file + ":" + line + ": " + reason + ": " + detail));
        out.flush();
    }

    /** After the last element; a file without any is at fault, too. */
    void end() {
        if (isEmpty()) {
            print(1, "EMPTY", TokenFile.EMPTY);
        }
    }

    boolean any() {
        return broken || refused > 0 || isEmpty();
    }

    private boolean isEmpty() {
        return !broken && good + refused == 0;
    }

    String summary() {
        String figures =
                String.format(Locale.ROOT, "%,d tokens read: %,d good, %,d refused", good + refused, good, refused);
        return figures + (broken ? "; the file could not be read to its end." : ".");
    }
}
