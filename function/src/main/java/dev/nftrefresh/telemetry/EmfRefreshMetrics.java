package dev.nftrefresh.telemetry;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what an invocation counts, and writes it at its end as one log line in CloudWatch's embedded metric format, of
 * which CloudWatch makes metrics.
 */
public final class EmfRefreshMetrics implements RefreshMetrics {
    private final EmfLogWriter line;
    private Map<EmfMetric, Long> values = new EnumMap<>(EmfMetric.class);

    /** Metrics of this function, written to this stream with these times. */
    public EmfRefreshMetrics(String functionName, PrintStream out, Clock clock) {
        this.line = new EmfLogWriter(functionName, out, clock);
    }

    @Override
    public void tokens(TokenOutcomeKind tokenOutcome, int count) {
        add(
                switch (tokenOutcome) {
                    case ACCEPTED -> EmfMetric.TOKENS_ACCEPTED;
                    case SUPERSEDED -> EmfMetric.TOKENS_SUPERSEDED;
                    case RETURNED -> EmfMetric.TOKENS_RETURNED;
                    case REJECTED -> EmfMetric.TOKENS_REJECTED;
                },
                count);
    }

    @Override
    public void request(RequestOutcomeKind end, int tokens, int bytes, int largestToken) {
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
    public void oldestBulkUpdate(Duration age) {
        add(EmfMetric.OLDEST_BULK_UPDATE_AGE, age.toSeconds());
    }

    @Override
    public void problem(OperatorProblem problem) {
        add(
                switch (problem) {
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
        line.write(flushed.entrySet().stream()
                .map(entry -> new EmfMetricValue(
                        entry.getKey().title, entry.getValue().doubleValue(), entry.getKey().unit))
                .toList());
    }

    private synchronized void add(EmfMetric metric, long value) {
        values.merge(metric, value, metric.join::of);
    }

    private synchronized Map<EmfMetric, Long> take() {
        Map<EmfMetric, Long> taken = values;
        values = new EnumMap<>(EmfMetric.class);
        return taken;
    }
}
