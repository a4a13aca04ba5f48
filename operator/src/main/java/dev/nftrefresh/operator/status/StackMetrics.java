package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.DeployedStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/** What CloudWatch counted in the last hours, in periods of five minutes. One call, of some cents for a thousand. */
final class StackMetrics {
    private static final int PERIOD_SECONDS = 300;
    /** Trouble is seen when what waits is tried again: after 15 minutes at most, three of them, and some more. */
    static final Duration LOOK_BACK = Duration.ofHours(4);

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Map<String, List<Datapoint>> series;
    private final Instant now;

    StackMetrics(Map<String, List<Datapoint>> series, Instant now) {
        this.series = series;
        this.now = now;
    }

    /** The value of a period that begins then. */
    record Datapoint(Instant at, double value) {}

    /** A metric that is asked for. */
    private record Series(String id, String namespace, String name, String dimension, String of, String statistic) {
        MetricDataQuery query() {
            return MetricDataQuery.builder()
                    .id(id)
                    .metricStat(MetricStat.builder()
                            .metric(Metric.builder()
                                    .namespace(namespace)
                                    .metricName(name)
                                    .dimensions(Dimension.builder()
                                            .name(dimension)
                                            .value(of)
                                            .build())
                                    .build())
                            .period(PERIOD_SECONDS)
                            .stat(statistic)
                            .build())
                    .build();
        }
    }

    static StackMetrics read(CloudWatchClient cloudWatch, DeployedStack stack, Instant now) {
        List<MetricDataQuery> queries = all(stack).stream().map(Series::query).toList();
        var found = new HashMap<String, List<Datapoint>>();
        cloudWatch
                .getMetricDataPaginator(get -> get.metricDataQueries(queries)
                        .startTime(now.minus(LOOK_BACK))
                        .endTime(now)
                        .scanBy(ScanBy.TIMESTAMP_ASCENDING))
                .metricDataResults()
                .forEach(result -> found.computeIfAbsent(result.id(), _ -> new ArrayList<>())
                        .addAll(datapoints(result)));
        return new StackMetrics(found, now);
    }

    private static List<Datapoint> datapoints(MetricDataResult result) {
        var points = new ArrayList<Datapoint>();
        for (int i = 0; i < Math.min(result.timestamps().size(), result.values().size()); i++) {
            points.add(new Datapoint(result.timestamps().get(i), result.values().get(i)));
        }
        return points;
    }

    private static List<Series> all(DeployedStack stack) {
        String function = stack.output("RefreshFunctionName");
        var all = new ArrayList<Series>();
        for (String name : List.of(
                "TokensAccepted",
                "TokensSuperseded",
                "TokensRejected",
                "Requests",
                "RequestsThrottled",
                "RequestsFailed",
                "KeyRefused",
                "KeyUnavailable",
                "CollectionRefused",
                "RequestRefused")) {
            all.add(ofFunction(name, "Sum", function));
        }
        all.add(ofFunction("OldestUpdateAgeSeconds", "Maximum", function));
        all.add(ofFunction("OldestBulkUpdateAgeSeconds", "Maximum", function));
        for (QueueStatus.Queue queue : QueueStatus.Queue.values()) {
            String name = queueName(stack.output(queue.output));
            all.add(ofQueue(queue, "NumberOfMessagesSent", "Sum", name));
            all.add(ofQueue(queue, "NumberOfMessagesDeleted", "Sum", name));
            all.add(ofQueue(queue, "ApproximateAgeOfOldestMessage", "Maximum", name));
        }
        return all;
    }

    private static Series ofFunction(String name, String statistic, String function) {
        return new Series(id(name), "NftRefresh", name, "FunctionName", function, statistic);
    }

    private static Series ofQueue(QueueStatus.Queue queue, String name, String statistic, String queueName) {
        return new Series(id(queue, name), "AWS/SQS", name, "QueueName", queueName, statistic);
    }

    static String queueName(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** CloudWatch wants a small letter first. */
    static String id(String name) {
        return "m" + name;
    }

    static String id(QueueStatus.Queue queue, String name) {
        return queue.jsonName + name;
    }

    /** Updates that Immutable accepted in the last hour; null if no metric shows it. */
    @Nullable
    Long acceptedInLastHour() {
        return sum(id("TokensAccepted"), AN_HOUR);
    }

    @Nullable
    Long arrivedInLastHour(QueueStatus.Queue queue) {
        return sum(id(queue, "NumberOfMessagesSent"), AN_HOUR);
    }

    @Nullable
    Long doneInLastHour(QueueStatus.Queue queue) {
        return sum(id(queue, "NumberOfMessagesDeleted"), AN_HOUR);
    }

    /** How many tokens a message of either lane had that was done in the last hour; null if no metric tells. */
    @Nullable
    Double tokensPerMessage() {
        long tokens = 0;
        for (String name : List.of("TokensAccepted", "TokensSuperseded", "TokensRejected")) {
            tokens += orZero(sum(id(name), AN_HOUR));
        }
        long messages = orZero(doneInLastHour(QueueStatus.Queue.LIVE)) + orZero(doneInLastHour(QueueStatus.Queue.BULK));
        return tokens == 0 || messages == 0 ? null : (Double) ((double) tokens / messages);
    }

    /** Requests that were accepted since then, or their tokens; null if no metric tells. */
    @Nullable
    Long spentSince(Instant then, boolean tokensCount) {
        Duration span = Duration.between(then, now);
        Long requests = sum(id("Requests"), span);
        if (tokensCount || requests == null) {
            return tokensCount ? sum(id("TokensAccepted"), span) : null;
        }
        return requests - orZero(sum(id("RequestsThrottled"), span)) - orZero(sum(id("RequestsFailed"), span));
    }

    /** When this trouble was counted last; null if it was not. */
    @Nullable
    Instant lastSign(String problem) {
        return series.getOrDefault(id(problem), List.of()).stream()
                .filter(point -> point.value() > 0)
                .map(Datapoint::at)
                .reduce((_, later) -> later)
                .orElse(null);
    }

    /** Of the two ages the greater one, as each is blind where the other sees; see the alarm oldest-update. */
    @Nullable
    Duration oldestAge(QueueStatus.Queue queue) {
        Double ofQueue = newest(id(queue, "ApproximateAgeOfOldestMessage"));
        Double own = switch (queue) {
            case LIVE -> newest(id("OldestUpdateAgeSeconds"));
            case BULK -> newest(id("OldestBulkUpdateAgeSeconds"));
            case FILES -> null;
        };
        double most = Math.max(ofQueue == null ? 0 : ofQueue, own == null ? 0 : own);
        return ofQueue == null && own == null ? null : Duration.ofSeconds(Math.round(most));
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    private @Nullable Long sum(String id, Duration span) {
        // Nothing older is counted, so possibly nothing of the first period.
        Instant from = now.minus(span);
        List<Datapoint> points = series.getOrDefault(id, List.of());
        return points.isEmpty()
                ? null
                : (Long) Math.round(points.stream()
                        .filter(point -> !point.at().isBefore(from))
                        .mapToDouble(Datapoint::value)
                        .sum());
    }

    private @Nullable Double newest(String id) {
        List<Datapoint> points = series.getOrDefault(id, List.of()).stream()
                .filter(point -> point.at().isAfter(now.minus(AN_HOUR)))
                .toList();
        return points.isEmpty() ? null : (Double) points.getLast().value();
    }
}
