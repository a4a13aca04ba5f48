package dev.nftrefresh.local.convert;

import dev.nftrefresh.local.convert.JsonValue.Digits;
import dev.nftrefresh.local.convert.JsonValue.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a row was changed, as databases write it, on its way to {@code updated_at}. */
final class ExportedTime {
    /** As Postgres writes it: with a blank or a T, with or without an offset, which may lack its minutes. */
    private static final Pattern POSTGRES =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)([+-]\\d{2})?(:?\\d{2})?");

    /** Epoch seconds from 2020 to 2286; a text of milliseconds has 13 digits. */
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{9}");

    private ExportedTime() {}

    /** The same moment as the queue and bulk files take it, or the value as it is where it is no such moment. */
    static JsonValue of(JsonValue value, ConversionChanges changes) {
        return switch (value) {
            case Digits(var digits)
            when SECONDS.matcher(digits).matches() -> {
                changes.made("updated_at: seconds, now milliseconds");
                yield new Digits(digits + "000");
            }
            case Text(var text) -> ofText(text, changes);
            default -> value;
        };
    }

    private static Text ofText(String text, ConversionChanges changes) {
        Matcher time = POSTGRES.matcher(text);
        if (!time.matches()) {
            return new Text(text);
        }
        String hours = time.group(3);
        if (hours == null) {
            changes.made("updated_at: without an offset, taken as UTC");
            return new Text(time.group(1) + "T" + time.group(2) + "Z");
        }
        String minutes = time.group(4) == null ? "00" : time.group(4).replace(":", "");
        String written = time.group(1) + "T" + time.group(2) + hours + ":" + minutes;
        if (!written.equals(text)) {
            changes.made("updated_at: written as RFC 3339");
        }
        return new Text(written);
    }
}
