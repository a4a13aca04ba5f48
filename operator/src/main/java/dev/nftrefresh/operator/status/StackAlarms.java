package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.DeployedStack;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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

    /** Those that are on, the most urgent first. */
    static List<OperatorConcern> active(CloudWatchClient cloudWatch, DeployedStack stack) {
        String prefix = stack.name() + "-";
        return cloudWatch
                .describeAlarms(describe -> describe.alarmTypes(AlarmType.METRIC_ALARM)
                        .alarmNames(NAMES.stream().map(name -> prefix + name).toList())
                        .stateValue(StateValue.ALARM)
                        .maxRecords(100))
                .metricAlarms()
                .stream()
                .filter(alarm -> alarm.stateValue() == StateValue.ALARM)
                .map(alarm -> active(alarm, alarm.alarmName().substring(prefix.length())))
                .sorted(BY_URGENCY)
                .toList();
    }

    private static OperatorConcern active(MetricAlarm alarm, String name) {
        Instant since = alarm.stateTransitionedTimestamp() != null
                ? alarm.stateTransitionedTimestamp()
                : alarm.stateUpdatedTimestamp();
        return new OperatorConcern(name, since, meaning(alarm.alarmDescription()), true);
    }

    /** The description without its reference, which stands by itself here. */
    static String meaning(String description) {
        int reference = description.indexOf(REFERENCE);
        return reference < 0 ? description : description.substring(0, reference);
    }
}
