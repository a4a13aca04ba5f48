package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.api.QuotaHeaderText;
import dev.nftrefresh.local.api.StandInQuota.SpendResult;
import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How the API writes what it says of the quota.
 *
 * @param reset form of the window's end
 * @param retry form of {@code retry-after}
 * @param count form of limit and remaining
 * @param changing whether each answer may be written in another form
 */
record QuotaFormat(TimeFormat reset, TimeFormat retry, CountFormat count, QuotaLocation place, boolean changing) {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** How a time is written. Those from {@link #PAST} on are not true. */
    enum TimeFormat {
        AS_SEEN,
        ABSENT,
        GARBAGE,
        SECONDS,
        DECIMAL_SECONDS,
        HTTP_DATE,
        RFC_3339,
        EPOCH_SECONDS,
        EPOCH_MILLIS,
        PAST,
        ZERO,
        YEAR_AWAY,
        DAY_AWAY;

        boolean isTrue() {
            return compareTo(PAST) < 0;
        }
    }

    /** How a count is written. Those from {@link #ZERO} on are not true. */
    enum CountFormat {
        AS_SEEN,
        ABSENT,
        GARBAGE,
        QUOTED,
        DECIMAL,
        ZERO,
        HUGE,
        NEGATIVE;

        boolean isTrue() {
            return compareTo(ZERO) < 0;
        }
    }

    /** Where the answer has it. */
    enum QuotaLocation {
        HEADERS,
        BODY,
        DETAILS,
        CONTRADICTING
    }

    static final QuotaFormat AS_SEEN =
            new QuotaFormat(TimeFormat.AS_SEEN, TimeFormat.AS_SEEN, CountFormat.AS_SEEN, QuotaLocation.HEADERS, false);

    static QuotaFormat drawn(ChoiceSequence choices) {
        if (choices.weighted(1, 1) == 0) {
            return AS_SEEN;
        }
        return new QuotaFormat(
                choices.oneOf(TimeFormat.values()),
                choices.oneOf(TimeFormat.values()),
                choices.weighted(3, 2) == 0 ? CountFormat.AS_SEEN : choices.oneOf(CountFormat.values()),
                choices.oneOf(QuotaLocation.values()),
                choices.chance(1, 4));
    }

    /** What is left of it once the world is well: an odd form stays, a lie does not. */
    QuotaFormat honest() {
        return new QuotaFormat(
                reset.isTrue() || reset == TimeFormat.PAST ? reset : TimeFormat.AS_SEEN,
                retry.isTrue() ? retry : TimeFormat.AS_SEEN,
                count.isTrue() ? count : CountFormat.AS_SEEN,
                place == QuotaLocation.CONTRADICTING ? QuotaLocation.HEADERS : place,
                false);
    }

    /** The texts by the names that the headers have. */
    Map<String, String> texts(SpendResult spent, Instant now, RandomGenerator random) {
        QuotaFormat form = changing ? any(random) : this;
        var texts = new LinkedHashMap<String, String>();
        Map<String, String> seen = QuotaHeaderText.headers(spent);
        put(texts, "imx-refreshes-limit", form.count(seen.getOrDefault("imx-refreshes-limit", "")));
        put(texts, "imx-remaining-refreshes", form.count(seen.getOrDefault("imx-remaining-refreshes", "")));
        put(texts, "imx-refresh-limit-reset", text(form.reset, spent.reset(), now, seen, "imx-refresh-limit-reset"));
        put(texts, "retry-after", text(form.retry, now.plus(spent.retryAfter()), now, seen, "retry-after"));
        return texts;
    }

    /** Whether neither the reset nor the wait says anything of when the quota opens. */
    boolean tellsNoTime() {
        var nothing = EnumSet.of(TimeFormat.ABSENT, TimeFormat.GARBAGE, TimeFormat.PAST, TimeFormat.ZERO);
        return nothing.contains(reset) && nothing.contains(retry);
    }

    private QuotaFormat any(RandomGenerator random) {
        TimeFormat[] times = TimeFormat.values();
        CountFormat[] counts = CountFormat.values();
        return new QuotaFormat(
                times[random.nextInt(times.length)],
                times[random.nextInt(times.length)],
                counts[random.nextInt(counts.length)],
                place,
                true);
    }

    private static void put(Map<String, String> texts, String name, String text) {
        if (!text.isEmpty()) {
            texts.put(name, text);
        }
    }

    private static String text(TimeFormat form, Instant time, Instant now, Map<String, String> seen, String name) {
        Duration left = Duration.between(now, time);
        return switch (form) {
            case AS_SEEN -> seen.getOrDefault(name, "");
            case ABSENT -> "";
            case GARBAGE -> "soon-ish; q=1";
            case SECONDS -> String.valueOf(left.toSeconds() + 1);
            case DECIMAL_SECONDS -> "%d.%02d".formatted(left.toSeconds(), left.toMillisPart() / 10);
            case HTTP_DATE -> HTTP_DATE.format(time.plusSeconds(1));
            case RFC_3339 -> time.toString();
            case EPOCH_SECONDS -> String.valueOf(time.getEpochSecond() + 1);
            case EPOCH_MILLIS -> String.valueOf(time.toEpochMilli());
            case PAST -> now.minusSeconds(3_600).toString();
            case ZERO -> "0";
            case YEAR_AWAY -> now.plus(Duration.ofDays(365)).toString();
            case DAY_AWAY -> String.valueOf(Duration.ofDays(1).toSeconds());
        };
    }

    private String count(String seen) {
        return switch (count) {
            case AS_SEEN -> seen;
            case ABSENT -> "";
            case GARBAGE -> "plenty";
            case QUOTED -> '"' + seen + '"';
            case DECIMAL -> seen + ".0";
            case ZERO -> "0";
            case HUGE -> "99999999999999999999";
            case NEGATIVE -> "-" + seen;
        };
    }
}
