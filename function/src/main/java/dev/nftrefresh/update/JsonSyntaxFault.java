package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a text that is not JSON, and where, without quoting the text around it. */
final class JsonSyntaxFault {
    /**
     * What Jackson says to whoever could set its features, or in names of its own, at the end of a message: a key that
     * stands twice, which it quotes, is never touched.
     */
    private static final Pattern ADVICE = Pattern.compile("(: enable `[\\w.]{1,80}` to allow"
            + "| \\(not recognized as one since Feature '\\w{1,80}' not enabled for parser\\)"
            + "|(: was expecting)? \\(JSON [^()]{0,100}\\)"
            + "| in (null|[A-Z_]{1,80}))\\z");
    /** Where Jackson says that what is not closed begins, with a name for a text that has none. */
    private static final Pattern BEGINNING =
            Pattern.compile("\\[Source: [^\\]]{0,200}; line: (\\d{1,9}), column: (\\d{1,9})\\]\\)\\z");
    /** As much as a sentence can bear. */
    private static final int MAX_LENGTH = 300;
    /** What both patterns look for stands at the end; before it a key may be quoted that is as long as the message. */
    private static final int TAIL = 600;

    private final SourcePosition begin;
    private final String of;

    private JsonSyntaxFault(SourcePosition begin, String of) {
        this.begin = begin;
        this.of = of;
    }

    /** Of a text that is all there is. */
    static String of(IOException e) {
        return of(e, SourcePosition.OF_ALL);
    }

    /** For a text inside another one: lines and columns are those of the other one. */
    static String of(IOException e, SourcePosition begin) {
        return new JsonSyntaxFault(begin, "").clause(e);
    }

    /** Of a text whose lines and columns are its own; it is named, because others would be looked at first. */
    static String within(IOException e, String text) {
        return new JsonSyntaxFault(SourcePosition.OF_ALL, " of " + text).clause(e);
    }

    private String clause(IOException e) {
        return switch (e) {
            case StreamReadException at -> message(at.getOriginalMessage()) + " (" + place(at.getLocation()) + ")";
            case StreamConstraintsException at -> firstLine(at.getOriginalMessage());
            default -> firstLine(String.valueOf(e.getMessage()));
        };
    }

    private String message(String jacksons) {
        int cut = Math.max(0, jacksons.length() - TAIL);
        String head = jacksons.substring(0, cut);
        String tail = ADVICE.matcher(jacksons.substring(cut)).replaceFirst("");
        Matcher beginning = BEGINNING.matcher(tail);
        if (!beginning.find()) {
            return firstLine(head + tail);
        }
        String place = place(Integer.parseInt(beginning.group(1)), Integer.parseInt(beginning.group(2)));
        return firstLine(head + tail.substring(0, beginning.start()) + place + ")");
    }

    private String place(JsonLocation location) {
        return place(location.getLineNr(), location.getColumnNr());
    }

    private String place(int line, int column) {
        return begin.place(line, column) + of;
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("unreadable");
        return TextExcerpt.of(line, MAX_LENGTH);
    }
}
