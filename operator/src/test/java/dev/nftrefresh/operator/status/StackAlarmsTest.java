package dev.nftrefresh.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StackAlarmsTest {
    private static final Pattern NAME = Pattern.compile("AlarmName: !Sub \\$\\{AWS::StackName}-([a-z-]+)");

    @Test
    void asksForEveryAlarmOfTheTemplate() throws IOException {
        String template = Files.readString(Path.of("../template.yaml"));

        List<String> names =
                NAME.matcher(template).results().map(name -> name.group(1)).toList();

        assertThat(StackAlarms.NAMES).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void saysWhatTheDescriptionSaysWithoutItsReference() {
        assertThat(StackAlarms.meaning("Updates wait. Act. docs/operations.md, \"throttled\"."))
                .isEqualTo("Updates wait. Act.");
        assertThat(StackAlarms.meaning("Of somebody else.")).isEqualTo("Of somebody else.");
    }
}
