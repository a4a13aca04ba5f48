package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.FileOutcome;
import dev.nftrefresh.local.flow.FileOutcome.Accepted;
import dev.nftrefresh.local.flow.FileOutcome.Letter;
import dev.nftrefresh.local.flow.FileOutcome.Outcome;
import dev.nftrefresh.local.flow.FileOutcome.Rejected;
import dev.nftrefresh.local.flow.FileOutcome.Superseded;
import dev.nftrefresh.local.flow.FileOutcome.Unsettled;
import dev.nftrefresh.local.flow.FileOutcome.UpdateOutcome;
import dev.nftrefresh.local.flow.RunSummary;
import dev.nftrefresh.operator.TerminalSafeText;
import dev.nftrefresh.operator.WrappedText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of each update of a file, for people: a table of a short file, the first of each outcome of a long one, and
 * all reasons why something was rejected.
 */
final class OutcomeReport {
    /** A table of more lines would not be read. */
    private static final int MOST_LINES = 25;

    private static final int FIRST = 5;
    /** A letter's detail has a sentence for each of its first tokens, and up to 2,000 bytes. */
    private static final int LONGEST_DETAIL = 400;

    private static final int NARROW = 60;
    private static final int ID_COLUMN = 28;
    private static final int NARROW_ID_COLUMN = 11;
    private static final int LONGEST_ID = 13;

    private final String file;
    private final PrintWriter out;
    private final int columns;

    /**
     * Prints for this file.
     *
     * @param columns of the terminal; unlimited if it is none
     */
    OutcomeReport(String file, PrintWriter out, int columns) {
        this.file = file;
        this.out = out;
        this.columns = columns;
    }

    /** {@code figures} are of the whole run. */
    void print(FileOutcome outcome, RunSummary counts) {
        Map<Long, List<UpdateOutcome>> byLine = outcome.updates().stream()
                .collect(Collectors.groupingBy(UpdateOutcome::line, TreeMap::new, Collectors.toList()));
        if (byLine.size() <= MOST_LINES) {
            printTable(byLine);
        } else {
            printGroups(outcome);
        }
        say(headline(outcome, counts), "");
        out.println();
        printRejected(outcome.letters());
        out.flush();
    }

    private String headline(FileOutcome outcome, RunSummary counts) {
        long unreadable = outcome.letters().stream()
                .filter(letter -> letter.tokens() == 0)
                .count();
        long unsettled =
                counts.tokensSent() - counts.tokensAccepted() - counts.tokensSuperseded() - counts.tokensRejected();
        return String.format(
                        Locale.ROOT,
                        "%s: %,d tokens, of which %,d accepted, %,d superseded, %,d rejected",
                        file,
                        counts.tokensSent(),
                        counts.tokensAccepted(),
                        counts.tokensSuperseded(),
                        counts.tokensRejected())
                + (unsettled <= 0 ? "" : ", " + count(unsettled, "not settled"))
                + (unreadable == 0
                        ? "."
                        : "; and " + count(unreadable, unreadable == 1 ? "message" : "messages")
                                + " without readable tokens.");
    }

    private void printTable(Map<Long, List<UpdateOutcome>> byLine) {
        if (byLine.isEmpty()) {
            return;
        }
        boolean narrow = columns < NARROW;
        int idColumn = narrow ? NARROW_ID_COLUMN : ID_COLUMN;
        row("line", "token", "outcome", idColumn);
        byLine.forEach((line, updates) -> {
            String number = String.valueOf(line);
            for (Map.Entry<String, List<UpdateOutcome>> group :
                    byOutcome(updates, narrow).entrySet()) {
                row(number, ids(group.getValue(), idColumn), group.getKey(), idColumn);
                number = "";
            }
        });
        out.println();
    }

    private static Map<String, List<UpdateOutcome>> byOutcome(List<UpdateOutcome> updates, boolean narrow) {
        return updates.stream()
                .collect(Collectors.groupingBy(
                        update -> outcomeText(update, narrow), LinkedHashMap::new, Collectors.toList()));
    }

    private static String outcomeText(UpdateOutcome update, boolean narrow) {
        return switch (update.outcome()) {
            case Accepted() -> "accepted";
            case Superseded(long line) when line == 0 || narrow -> "superseded";
            case Superseded(long line) ->
                line == update.line() ? "superseded within its line" : "superseded by line " + line;
            case Rejected(String reason) -> narrow ? reason : "rejected, " + reason;
            case Unsettled() -> "not settled";
        };
    }

    private void row(String line, String ids, String tokenOutcome, int idColumn) {
        out.println(String.format(Locale.ROOT, "%4s  %-" + idColumn + "s  %s", line, ids, tokenOutcome)
                .stripTrailing());
    }

    /** As many ids as fit into the column. */
    private static String ids(List<UpdateOutcome> updates, int width) {
        var ids = new StringBuilder();
        for (int i = 0; i < updates.size(); i++) {
            String next = (i == 0 ? "" : ", ") + shortId(updates.get(i).tokenId());
            String more = i == updates.size() - 1 ? "" : " +" + (updates.size() - i - 1);
            if (i > 0 && ids.length() + next.length() + more.length() > width) {
                return ids + " +" + (updates.size() - i);
            }
            ids.append(next);
        }
        return ids.toString();
    }

    private static String shortId(String id) {
        String shown = TerminalSafeText.line(id);
        if (shown.isEmpty()) {
            return "-";
        }
        return shown.length() <= LONGEST_ID - 2
                ? shown
                : shown.substring(0, 4) + "..." + shown.substring(shown.length() - 4);
    }

    private void printGroups(FileOutcome outcome) {
        for (Class<? extends Outcome> tokenOutcome : List.of(Accepted.class, Superseded.class, Unsettled.class)) {
            List<UpdateOutcome> of = outcome.updates().stream()
                    .filter(update -> tokenOutcome.isInstance(update.outcome()))
                    .toList();
            if (!of.isEmpty()) {
                String name = tokenOutcome == Unsettled.class ? "not settled" : outcomeText(of.getFirst(), true);
                say(count(of.size(), name + ": " + places(of)), "");
            }
        }
    }

    private static String places(List<UpdateOutcome> updates) {
        String first = updates.stream()
                .limit(FIRST)
                .map(update -> "token " + shortId(update.tokenId()) + " (line " + update.line() + ")")
                .collect(Collectors.joining(", "));
        int more = updates.size() - FIRST;
        return more > 0 ? first + String.format(Locale.ROOT, " and %,d more", more) : first;
    }

    private void printRejected(List<Letter> letters) {
        Map<String, List<Letter>> byReason =
                letters.stream().collect(Collectors.groupingBy(Letter::reason, TreeMap::new, Collectors.toList()));
        byReason.forEach((reason, of) -> {
            long tokens = of.stream().mapToLong(Letter::tokens).sum();
            String counted = tokens > 0
                    ? count(tokens, tokens == 1 ? "token" : "tokens")
                    : count(of.size(), of.size() == 1 ? "message" : "messages");
            say("rejected, " + TerminalSafeText.line(reason) + ": " + counted, "");
            of.stream().limit(FIRST).forEach(letter -> say(place(letter) + detail(letter), "    "));
            if (of.size() > FIRST) {
                say(
                        "and " + count(of.size() - FIRST, "more dead letters") + lines(of.subList(FIRST, of.size())),
                        "    ");
            }
        });
        if (!byReason.isEmpty()) {
            out.println();
        }
    }

    private String place(Letter letter) {
        return letter.line() == 0 ? "" : file + ":" + letter.line() + ": ";
    }

    private static String lines(List<Letter> letters) {
        long first = letters.getFirst().line();
        return first == 0 ? "" : ", from line " + first + " on";
    }

    private static String detail(Letter letter) {
        String detail = TerminalSafeText.line(letter.detail());
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "...";
    }

    private static String count(long number, String of) {
        return String.format(Locale.ROOT, "%,d %s", number, of);
    }

    private void say(String text, String indent) {
        WrappedText.lines(TerminalSafeText.line(text), indent, columns).forEach(out::println);
    }
}
