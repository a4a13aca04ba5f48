package dev.nftrefresh.operator;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the output goes to.
 *
 * @param columns that a line has
 * @param colour whether to use it
 * @param interactive whether a person reads the output
 */
public record TerminalOutput(int columns, boolean colour, boolean interactive) {
    private static final int USUAL_COLUMNS = 80;
    /** Narrower, and a word no longer fits a line. */
    private static final int LEAST_COLUMNS = 30;
    /** Longer lines are hard to read, however wide the window is. */
    private static final int MOST_COLUMNS = 100;

    /**
     * What this console and these variables say: {@code COLUMNS}, {@code NO_COLOR} and {@code TERM}.
     *
     * @param console null if there is none
     */
    public static TerminalOutput of(@Nullable Console console, Map<String, String> variables) {
        boolean interactive = console != null && console.isTerminal();
        return of(interactive, variables);
    }

    static TerminalOutput of(boolean interactive, Map<String, String> variables) {
        boolean plain = !variables.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(variables.get("TERM"));
        return new TerminalOutput(columns(variables.getOrDefault("COLUMNS", "")), interactive && !plain, interactive);
    }

    private static int columns(String text) {
        return text.matches("[1-9][0-9]{0,3}")
                ? Math.clamp(Integer.parseInt(text), LEAST_COLUMNS, MOST_COLUMNS)
                : USUAL_COLUMNS;
    }
}
