package dev.nftrefresh.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import software.amazon.cloudwatchlogs.emf.exception.DimensionSetExceededException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidDimensionException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidNamespaceException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidTimestampException;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;

/**
 * Writes log lines in CloudWatch's embedded metric format. The only dimension is the function's name: two stacks are
 * apart, and no metric is multiplied by collections.
 */
record EmfLine(String functionName, PrintStream out, Clock clock) {
    private static final String NAMESPACE = "NftRefresh";
    private static final String DIMENSION = "FunctionName";

    void write(List<EmfValue> values) {
        try {
            var line = new MetricsContext();
            line.setNamespace(NAMESPACE);
            line.setDimensions(DimensionSet.of(DIMENSION, functionName));
            line.setTimestamp(clock.instant());
            for (EmfValue value : values) {
                line.putMetric(value.title(), value.value(), value.unit());
            }
            line.serialize().forEach(out::println);
        } catch (InvalidNamespaceException
                | InvalidDimensionException
                | DimensionSetExceededException
                | InvalidMetricException
                | InvalidTimestampException
                | JsonProcessingException e) {
            // The messages are settled by now: failing here would bring back what was accepted.
            new JsonLog(out, clock)
                    .error(
                            "The metrics of this invocation could not be written.",
                            JsonLog.field("reason", e.getMessage()));
        }
    }
}
