package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.DeployedStack;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** The alarms of the template. */
final class StackAlarms {
    /**
     * The most urgent first, as in docs/operations.md. Requested by name, because CloudWatch lists all alarms with a
     * prefix only for callers that may list all alarms of the account.
     */
    static final List<String> NAMES = List.of(
            "updates-expire-soon",
            "key-refused",
            "key-unavailable",
            "request-refused",
            "collection-refused",
            "table-unavailable",
            "function-errors",
            "throttled",
            "oldest-update",
            "dead-letters",
            "function-throttles",
            "log-volume",
            "bulk-files",
            "bulk-files-failed",
            "bulk-load-errors",
            "bulk-function-errors",
            "bulk-file-waits",
            "bulk-update-waits");

    /** What is no alarm comes last. */
    static final Comparator<OperatorConcern> BY_URGENCY = Comparator.comparingInt(
            concern -> NAMES.contains(concern.name()) ? NAMES.indexOf(concern.name()) : NAMES.size());

    private static final String REFERENCE = " docs/operations.md, \"";

    private StackAlarms() {}

    /**
     * Those that are on.
     *
     * @param active those that need a person, the most urgent first
     * @param ending those whose queue is empty now
     */
    record Alarms(List<OperatorConcern> active, List<EndingAlarm> ending) {
        static Alarms of(List<MetricAlarm> on, String prefix, DeadLetterCounts letters) {
            return new Alarms(
                    on.stream()
                            .filter(alarm -> !isOver(name(alarm, prefix), letters))
                            .map(alarm -> StackAlarms.active(alarm, name(alarm, prefix)))
                            .sorted(BY_URGENCY)
                            .toList(),
                    on.stream()
                            .filter(alarm -> isOver(name(alarm, prefix), letters))
                            .map(alarm -> new EndingAlarm(name(alarm, prefix), since(alarm), timeToEnd(alarm)))
                            .toList());
        }

        private static String name(MetricAlarm alarm, String prefix) {
            return alarm.alarmName().substring(prefix.length());
        }

        private static boolean isOver(String name, DeadLetterCounts letters) {
            return (name.equals("dead-letters") && letters.updates() == 0)
                    || (name.equals("bulk-files") && letters.files() == 0);
        }
    }

    static Alarms read(CloudWatchClient cloudWatch, DeployedStack stack, DeadLetterCounts letters) {
        String prefix = stack.name() + "-";
        List<MetricAlarm> on = cloudWatch
                .describeAlarms(describe -> describe.alarmTypes(AlarmType.METRIC_ALARM)
                        .alarmNames(NAMES.stream().map(name -> prefix + name).toList())
                        .stateValue(StateValue.ALARM)
                        .maxRecords(100))
                .metricAlarms()
                .stream()
                .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                .toList();
        return Alarms.of(on, prefix, letters);
    }

    private static OperatorConcern active(MetricAlarm alarm, String name) {
        return new OperatorConcern(name, since(alarm), meaning(alarm.alarmDescription()), true);
    }

    private static @Nullable Instant since(MetricAlarm alarm) {
        return alarm.stateTransitionedTimestamp() != null
                ? alarm.stateTransitionedTimestamp()
                : alarm.stateUpdatedTimestamp();
    }

    /** The period that is under way may have seen the last letter, so it counts too. */
    private static Duration timeToEnd(MetricAlarm alarm) {
        return Duration.ofSeconds(alarm.period()).multipliedBy(alarm.evaluationPeriods() + 1L);
    }

    /** The description without its reference, which stands by itself here. */
    static String meaning(String description) {
        int reference = description.indexOf(REFERENCE);
        return reference < 0 ? description : description.substring(0, reference);
    }
}
