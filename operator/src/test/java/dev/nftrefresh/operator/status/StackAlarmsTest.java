package dev.nftrefresh.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

class StackAlarmsTest {
    private static final Instant SINCE = Instant.parse("2026-11-30T12:12:00Z");
    private static final Pattern NAME = Pattern.compile("AlarmName: !Sub \\$\\{AWS::StackName}-([a-z-]+)");

    @Test
    void asksForEveryAlarmOfTheTemplate() throws IOException {
        String template = Files.readString(Path.of("../template.yaml"));

        List<String> names =
                NAME.matcher(template).results().map(name -> name.group(1)).toList();

        assertThat(StackAlarms.NAMES).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void knowsOfAnAlarmWhoseQueueIsEmptyThatItEndsByItself() {
        List<MetricAlarm> on = List.of(on("bulk-files"), on("dead-letters"), on("throttled"));

        var emptied = StackAlarms.Alarms.of(on, "s-", new DeadLetterCounts(0, 2, Map.of()));

        assertThat(emptied.active()).extracting(OperatorConcern::name).containsExactly("throttled", "bulk-files");
        assertThat(emptied.ending()).containsExactly(new EndingAlarm("dead-letters", SINCE, Duration.ofMinutes(10)));
        assertThat(StackAlarms.Alarms.of(on, "s-", new DeadLetterCounts(1, 0, Map.of()))
                        .active())
                .extracting(OperatorConcern::name)
                .containsExactly("throttled", "dead-letters");
    }

    private static MetricAlarm on(String name) {
        return MetricAlarm.builder()
                .alarmName("s-" + name)
                .alarmDescription("Act.")
                .stateTransitionedTimestamp(SINCE)
                .period(300)
                .evaluationPeriods(1)
                .build();
    }

    @Test
    void saysWhatTheDescriptionSaysWithoutItsReference() {
        assertThat(StackAlarms.meaning("Updates wait. Act. docs/operations.md, \"throttled\"."))
                .isEqualTo("Updates wait. Act.");
        assertThat(StackAlarms.meaning("Of somebody else.")).isEqualTo("Of somebody else.");
    }
}
