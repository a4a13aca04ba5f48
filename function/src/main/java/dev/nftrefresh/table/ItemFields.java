package dev.nftrefresh.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nftrefresh.time.Rfc3339TimeParser;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of an item that is more than one text: a flat JSON object of texts, so that an operator can read it in
 * the table. Not for several threads.
 */
public final class ItemFields {
    private static final JsonFactory FACTORY = new JsonFactory();
    /** More than the bytes of any file, and than all requests that will ever go. */
    private static final long LARGEST = 1_000_000_000_000_000L;
    /** A thousand million times as long is still a time that an instant can be moved by. */
    private static final Duration LONGEST = Duration.ofDays(30);
    /** What is counted one by one comes nowhere near, and can be added to. */
    private static final int MOST = 1_000_000_000;
    /** Days can be added to what is earlier. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Reads what {@link #text()} wrote; any other text has no fields. */
    public static ItemFields of(String text) {
        var fields = new ItemFields();
        try (JsonParser json = FACTORY.createParser(text)) {
            boolean isValid = json.nextToken() == JsonToken.START_OBJECT;
            while (isValid && json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                isValid = json.nextToken() == JsonToken.VALUE_STRING;
                fields.texts.put(name, json.getText());
            }
            return isValid && json.nextToken() == null ? fields : new ItemFields();
        } catch (IOException _) {
            return new ItemFields();
        }
    }

    public String text() {
        var text = new ItemText();
        texts.forEach(text::put);
        return text.text();
    }

    /** A null is not written down. */
    public void put(String name, @Nullable Object value) {
        if (value != null) {
            texts.put(name, value.toString());
        }
    }

    /** Texts without spaces. */
    public void put(String name, List<String> several) {
        if (!several.isEmpty()) {
            put(name, String.join(" ", several));
        }
    }

    public List<String> texts(String name) {
        String text = texts.get(name);
        return text == null ? List.of() : List.of(text.split(" ", -1));
    }

    public @Nullable String text(String name) {
        return texts.get(name);
    }

    /**
     * A time.
     *
     * @throws DateTimeException if it is none, or one so far away that a wait before or after it could not be computed
     */
    public @Nullable Instant instant(String name) {
        String text = texts.get(name);
        Instant time = text == null ? null : Rfc3339TimeParser.parse(text);
        if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST))) {
            throw new DateTimeException(name + " is " + time);
        }
        return time;
    }

    /**
     * How long something takes.
     *
     * @throws DateTimeException if it is no such time, negative, or longer than anything here takes
     */
    public @Nullable Duration duration(String name) {
        String text = texts.get(name);
        Duration duration = text == null ? null : Duration.parse(text);
        if (duration != null && (duration.isNegative() || duration.compareTo(LONGEST) > 0)) {
            throw new DateTimeException(name + " is " + duration);
        }
        return duration;
    }

    /**
     * A number.
     *
     * @throws ArithmeticException if it is so large that nothing could be added to it
     */
    public @Nullable Long number(String name) {
        String text = texts.get(name);
        Long number = text == null ? null : Long.valueOf(text);
        if (number != null && (number > LARGEST || number < -LARGEST)) {
            throw new ArithmeticException(name + " is " + number);
        }
        return number;
    }

    /**
     * How many there are of something; none if nothing is recorded.
     *
     * @throws ArithmeticException if it is no number of things
     */
    public int count(String name) {
        int count = Math.toIntExact(number(name, 0));
        if (count < 0 || count > MOST) {
            throw new ArithmeticException(name + " is " + count);
        }
        return count;
    }

    public long number(String name, long absent) {
        Long number = number(name);
        return number == null ? absent : number;
    }
}
