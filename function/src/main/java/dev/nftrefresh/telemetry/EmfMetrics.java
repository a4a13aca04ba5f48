package dev.nftrefresh.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.cloudwatchlogs.emf.exception.DimensionSetExceededException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidDimensionException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidNamespaceException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidTimestampException;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;

/**
 * Adds up what an invocation counts, and writes it at its end as one log line in CloudWatch's embedded metric format, of
 * which CloudWatch makes metrics. The only dimension is the function's name: two stacks are apart, and no metric is
 * multiplied by collections.
 */
public final class EmfMetrics implements RefreshMetrics {
    private static final String NAMESPACE = "NftRefresh";
    private static final String DIMENSION = "FunctionName";

    private final String functionName;
    private final PrintStream out;
    private final Clock clock;
    private final JsonLog log;
    private Map<EmfMetric, Long> values = new EnumMap<>(EmfMetric.class);

    /** Metrics of this function, written to this stream with these times. */
    public EmfMetrics(String functionName, PrintStream out, Clock clock) {
        this.functionName = functionName;
        this.out = out;
        this.clock = clock;
        this.log = new JsonLog(out, clock);
    }

    @Override
    public void tokens(Fate fate, int count) {
        add(
                switch (fate) {
                    case ACCEPTED -> EmfMetric.TOKENS_ACCEPTED;
                    case SUPERSEDED -> EmfMetric.TOKENS_SUPERSEDED;
                    case RETURNED -> EmfMetric.TOKENS_RETURNED;
                    case REJECTED -> EmfMetric.TOKENS_REJECTED;
                },
                count);
    }

    @Override
    public void request(RequestEnd end, int tokens, int bytes, int largestToken) {
        add(EmfMetric.REQUESTS, 1);
        switch (end) {
            case ACCEPTED -> {}
            case THROTTLED -> add(EmfMetric.REQUESTS_THROTTLED, 1);
            case FAILED -> add(EmfMetric.REQUESTS_FAILED, 1);
        }
    }

    @Override
    public void deadLetters(int count) {
        if (count > 0) {
            add(EmfMetric.DEAD_LETTERS, count);
        }
    }

    @Override
    public void quota(@Nullable Long limit, @Nullable Long remaining) {
        if (limit != null) {
            add(EmfMetric.QUOTA_LIMIT, limit);
        }
        if (remaining != null) {
            add(EmfMetric.QUOTA_REMAINING, remaining);
        }
    }

    @Override
    public void oldestUpdate(Duration age) {
        add(EmfMetric.OLDEST_UPDATE_AGE, age.toSeconds());
    }

    @Override
    public void trouble(Trouble trouble) {
        add(
                switch (trouble) {
                    case KEY_REFUSED -> EmfMetric.KEY_REFUSED;
                    case KEY_UNAVAILABLE -> EmfMetric.KEY_UNAVAILABLE;
                    case COLLECTION_REFUSED -> EmfMetric.COLLECTION_REFUSED;
                    case REQUEST_REFUSED -> EmfMetric.REQUEST_REFUSED;
                    case TABLE_UNAVAILABLE -> EmfMetric.TABLE_UNAVAILABLE;
                },
                1);
    }

    @Override
    public void flush() {
        Map<EmfMetric, Long> flushed = take();
        for (EmfMetric metric : EmfMetric.values()) {
            if (metric.evenZero) {
                flushed.putIfAbsent(metric, 0L);
            }
        }
        lines(flushed, clock.instant()).forEach(out::println);
    }

    private synchronized void add(EmfMetric metric, long value) {
        values.merge(metric, value, metric.join::of);
    }

    private synchronized Map<EmfMetric, Long> take() {
        Map<EmfMetric, Long> taken = values;
        values = new EnumMap<>(EmfMetric.class);
        return taken;
    }

    private List<String> lines(Map<EmfMetric, Long> values, Instant now) {
        try {
            var line = new MetricsContext();
            line.setNamespace(NAMESPACE);
            line.setDimensions(DimensionSet.of(DIMENSION, functionName));
            line.setTimestamp(now);
            for (var entry : values.entrySet()) {
                line.putMetric(entry.getKey().title, entry.getValue(), entry.getKey().unit);
            }
            return line.serialize();
        } catch (InvalidNamespaceException
                | InvalidDimensionException
                | DimensionSetExceededException
                | InvalidMetricException
                | InvalidTimestampException
                | JsonProcessingException e) {
            // The messages are settled by now: failing here would bring back what was accepted.
            log.error("The metrics of this invocation could not be written.", JsonLog.field("reason", e.getMessage()));
            return List.of();
        }
    }
}
