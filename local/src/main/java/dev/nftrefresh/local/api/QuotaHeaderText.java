package dev.nftrefresh.local.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Map;

/** The quota as Immutable was seen to write it: {@code 2024-04-16 11:06:07.401553 +0000 UTC}, {@code 9.61-seconds}. */
public final class QuotaHeaderText {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            // Go's time text drops trailing zeros, and the point with them.
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .appendLiteral(" +0000 UTC")
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private QuotaHeaderText() {}

    static String time(Instant time) {
        return TIME.format(time);
    }

    /** Rounded up: who waits so long is let in. */
    static String seconds(Duration wait) {
        BigDecimal seconds = BigDecimal.valueOf(wait.toNanos(), 9).setScale(2, RoundingMode.CEILING);
        return seconds.toPlainString() + "-seconds";
    }

    /** The parts by the names that the headers have; the body's differ by underscores. */
    public static Map<String, String> headers(StandInQuota.SpendResult spent) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("imx-refreshes-limit", String.valueOf(spent.limit()));
        headers.put("imx-remaining-refreshes", String.valueOf(spent.remaining()));
        headers.put("imx-refresh-limit-reset", time(spent.reset()));
        headers.put("retry-after", seconds(spent.retryAfter()));
        return headers;
    }
}
