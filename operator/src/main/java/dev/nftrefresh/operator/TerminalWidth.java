package dev.nftrefresh.operator;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many columns there are to write in. */
public final class TerminalWidth {
    /** Where nobody says. */
    public static final int USUAL = 80;
    /** What is not for a terminal is not broken into lines. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ ([1-9]\\d{0,4})\\s*");
    private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,4}");
    private static final long MOST_MILLIS = 500;

    private TerminalWidth() {}

    /** Whether stdout is a terminal. */
    public static boolean isTerminal() {
        return isTerminal(System.console());
    }

    /** Which of the two, no console or one that is no terminal, stands for a pipe differs between JDKs. */
    static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    /** Of the terminal that stdout is, as it is now; unlimited if it is none. */
    public static int ofOutput(Map<String, String> environment) {
        return isTerminal() ? of(environment, sttySize()) : UNLIMITED;
    }

    /** As the environment says, else as {@code stty size} says. */
    public static int of(Map<String, String> environment, @Nullable String sttySize) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (COLUMNS.matcher(columns).matches()) {
            return Integer.parseInt(columns);
        }
        Matcher size = ROWS_AND_COLUMNS.matcher(sttySize == null ? "" : sttySize);
        return size.matches() ? Integer.parseInt(size.group(1)) : USUAL;
    }

    private static @Nullable String sttySize() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(MOST_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return null;
            }
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException _) {
            // There is no stty on Windows, for one; the usual width does for it.
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
