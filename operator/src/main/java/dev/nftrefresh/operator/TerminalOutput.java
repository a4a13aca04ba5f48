package dev.nftrefresh.operator;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the output goes to.
 *
 * @param columns that a line has
 * @param colour whether to use it
 * @param interactive whether a person reads along
 * @param redraws whether the cursor can go back to the first line
 */
public record TerminalOutput(int columns, boolean colour, boolean interactive, boolean redraws) {
    /** Narrower, and a word no longer fits a line. */
    private static final int LEAST_COLUMNS = 30;
    /** Longer lines are hard to read, however wide the window is. */
    private static final int MOST_COLUMNS = 100;

    /**
     * What this console, the terminal as it is now, and these variables say: {@code COLUMNS}, {@code NO_COLOR} and {@code TERM}.
     *
     * @param console null if there is none
     */
    public static TerminalOutput of(@Nullable Console console, Map<String, String> variables) {
        boolean interactive = TerminalWidth.isTerminal(console);
        return interactive ? of(true, variables, TerminalWidth.ofOutput(variables)) : of(false, variables);
    }

    static TerminalOutput of(boolean interactive, Map<String, String> variables) {
        return of(interactive, variables, TerminalWidth.of(variables, null));
    }

    private static TerminalOutput of(boolean interactive, Map<String, String> variables, int width) {
        boolean dumb = "dumb".equals(variables.get("TERM"));
        boolean colour =
                interactive && !dumb && variables.getOrDefault("NO_COLOR", "").isEmpty();
        return new TerminalOutput(
                Math.clamp(width, LEAST_COLUMNS, MOST_COLUMNS), colour, interactive, interactive && !dumb);
    }
}
