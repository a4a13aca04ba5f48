package dev.nftrefresh.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;

/** Looks for lines in the log of a function, from now backwards and only for so long: a log may have gigabytes. */
public final class LogSearch {
    /** Each part reaches so far back. CloudWatch searches a part from its begin, and what happened last is asked for most. */
    private static final List<Duration> PARTS = List.of(
            Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(4), Duration.ofDays(30));

    private static final JsonMapper MAPPER = new JsonMapper();

    private final CloudWatchLogsClient logs;
    private final String group;
    private final InstantSource clock;
    private final Duration atMost;

    /**
     * A search.
     *
     * @param timeout how long a person waits for it
     */
    public LogSearch(CloudWatchLogsClient logs, String group, InstantSource clock, Duration timeout) {
        this.logs = logs;
        this.group = group;
        this.clock = clock;
        this.atMost = timeout;
    }

    /**
     * What was found.
     *
     * @param lines the newest last
     * @param from since when every line was looked at
     */
    public record Found(List<Line> lines, Instant from) {}

    /** A line, which is a JSON object. */
    public record Line(Instant at, JsonNode fields) {
        /** A field's text; empty if there is none. */
        public String text(String field) {
            return fields.path(field).asText("");
        }
    }

    /**
     * Looks for lines, and stops behind the part of the time in which some are.
     *
     * @param pattern in CloudWatch's syntax; it may find too much
     * @param isMeant whether it is one of those that are looked for
     * @param since how far back to look
     */
    public Found newest(String pattern, Predicate<Line> isMeant, Instant since) {
        Instant now = clock.instant();
        Instant deadline = now.plus(atMost);
        Instant searched = now;
        for (Duration part : PARTS) {
            Instant from = now.minus(part).isAfter(since) ? now.minus(part) : since;
            if (!from.isBefore(searched)) {
                break;
            }
            List<Line> lines = read(pattern, from, searched, deadline);
            if (lines == null) {
                break;
            }
            searched = from;
            List<Line> meant = lines.stream().filter(isMeant).toList();
            if (!meant.isEmpty()) {
                return new Found(meant, searched);
            }
        }
        return new Found(List.of(), searched);
    }

    /** Null if the time was up before all of it was looked at. */
    private @Nullable List<Line> read(String pattern, Instant from, Instant to, Instant deadline) {
        var lines = new ArrayList<Line>();
        String next = null;
        do {
            if (!clock.instant().isBefore(deadline)) {
                return null;
            }
            String token = next;
            FilterLogEventsResponse page = logs.filterLogEvents(filter -> filter.logGroupName(group)
                    .filterPattern(pattern)
                    .startTime(from.toEpochMilli())
                    .endTime(to.toEpochMilli())
                    .nextToken(token));
            page.events().stream()
                    .flatMap(event -> line(event.timestamp(), event.message()))
                    .forEach(lines::add);
            next = page.nextToken();
        } while (next != null);
        return lines;
    }

    private static Stream<Line> line(long millis, String text) {
        try {
            JsonNode fields = MAPPER.readTree(text);
            return fields.isObject() ? Stream.of(new Line(Instant.ofEpochMilli(millis), fields)) : Stream.empty();
        } catch (JsonProcessingException _) {
            return Stream.empty(); // Lambda writes lines of its own
        }
    }
}
