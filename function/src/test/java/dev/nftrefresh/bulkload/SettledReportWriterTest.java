package dev.nftrefresh.bulkload;

import static dev.nftrefresh.bulkload.BulkLoaderFixture.utf8;
import static dev.nftrefresh.bulkload.TokenLines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.FileTokenPositions;
import dev.nftrefresh.settled.SettledTokenOutcome;
import dev.nftrefresh.settled.SettledTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a file's report says once the file is loaded. */
final class SettledReportWriterTest {
    private static final String NAME = "a.ndjson";

    private final BulkLoaderFixture stage = new BulkLoaderFixture();
    private final ObjectVersionId file = stage.upload(NAME, utf8(tokens(3)));
    private final Instant loaded = stage.now;

    private void settle(SettledTokenOutcome end, int... tokens) {
        List<FileTokenPosition> places = stage.outside.packed.stream()
                .flatMap(message -> FileTokenPositions.of(message.places()).stream())
                .toList();
        var ends = new HashMap<FileTokenPosition, SettledTokenOutcome>();
        for (int token : tokens) {
            ends.put(places.get(token), end);
        }
        assertThat(new SettledTokens(stage.outside.table).add(ends, stage.now, Duration.ofSeconds(1)))
                .isTrue();
    }

    private boolean countAfter(Duration time) {
        stage.now = stage.now.plus(time);
        return stage.deliverToCount(file, loaded);
    }

    private void assertReport(int accepted, int superseded, int deadLettered) {
        JsonNode report = stage.report(NAME);
        assertThat(report.get("tokens_accepted").asInt()).isEqualTo(accepted);
        assertThat(report.get("tokens_superseded").asInt()).isEqualTo(superseded);
        assertThat(report.get("tokens_dead_lettered").asInt()).isEqualTo(deadLettered);
    }

    @Test
    void theNotificationOfALoadedFileMovesToTheSettlingQueue() {
        boolean stays = stage.deliver(file);

        assertThat(stays).isFalse();
        assertThat(stage.outside.settling).containsExactly(BulkLoaderFixture.notice(file));
        assertReport(0, 0, 0);
        assertThat(stage.report(NAME).has("settled_at")).isFalse();
    }

    @Test
    void theReportFollowsTheTokensUntilAllAreSettled() {
        stage.deliver(file);

        settle(SettledTokenOutcome.ACCEPTED, 0);
        assertThat(countAfter(Duration.ofSeconds(10))).isTrue();
        assertReport(1, 0, 0);
        assertThat(stage.report(NAME).has("settled_at")).isFalse();

        stage.now = stage.now.plusSeconds(5);
        settle(SettledTokenOutcome.SUPERSEDED, 1);
        settle(SettledTokenOutcome.DEAD_LETTERED, 2);
        Instant last = stage.now;
        assertThat(countAfter(Duration.ofSeconds(10))).isFalse();
        assertReport(1, 1, 1);
        JsonNode report = stage.report(NAME);
        assertThat(report.get("settled_at").asText()).isEqualTo(last.toString());
        assertThat(report.get("finished_at").asText()).isEqualTo(loaded.toString());
        assertThat(report.get("status").asText()).isEqualTo("done");
    }

    @Test
    void afterItIsSettledNothingChangesIt() {
        stage.deliver(file);
        settle(SettledTokenOutcome.DEAD_LETTERED, 0, 1, 2);
        countAfter(Duration.ofSeconds(10));
        String settled = stage.reportText(NAME);
        settle(SettledTokenOutcome.ACCEPTED, 0);

        assertThat(countAfter(Duration.ofSeconds(10))).isFalse();
        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.reportText(NAME)).isEqualTo(settled);
    }

    @Test
    void aFileSettledWhenItsLoadEndsNeedsNoNotification() {
        ObjectVersionId refused = stage.upload("b.ndjson", utf8("no token\n"));

        stage.deliver(refused);

        assertThat(stage.outside.settling).isEmpty();
        assertThat(stage.report("b.ndjson").has("settled_at")).isTrue();
    }

    @Test
    void thePausesGrowWithTheTimeSinceTheLoadEndedToAnHour() {
        stage.deliver(file);
        stage.outside.hidden.clear();

        countAfter(Duration.ofSeconds(20));
        countAfter(Duration.ofMinutes(20));
        countAfter(Duration.ofDays(2));

        assertThat(stage.outside.hidden)
                .filteredOn(hidden -> hidden.compareTo(BulkLoaderFixture.INVOCATION) < 0 || hidden.toHours() == 1)
                .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(122), Duration.ofHours(1));
    }

    @Test
    void afterFourteenDaysTheReportSaysThatTheRestIsUnknown() {
        stage.deliver(file);
        settle(SettledTokenOutcome.ACCEPTED, 0);

        assertThat(countAfter(Duration.ofDays(14).minusMinutes(50))).isFalse();

        assertReport(1, 0, 0);
        assertThat(stage.report(NAME).get("detail").asText())
                .isEqualTo("What became of 2 tokens was not heard of within 14 days.");
        assertThat(stage.report(NAME).has("settled_at")).isFalse();
    }

    @Test
    void aNotificationThatCouldNotBeMovedReturnsAndIsMovedThen() {
        stage.outside.interceptor = failing("send notice");
        assertThat(stage.deliver(file)).isTrue();

        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.outside.settling).hasSize(1);
        assertThat(stage.tokens()).hasSize(3);
    }

    @Test
    void whileTheTableCannotBeReadTheNotificationStays() {
        stage.deliver(file);
        settle(SettledTokenOutcome.ACCEPTED, 0, 1, 2);
        stage.outside.interceptor = failing("read partition");

        assertThat(countAfter(Duration.ofMinutes(1))).isTrue();
        assertReport(0, 0, 0);

        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
        assertThat(countAfter(Duration.ofMinutes(1))).isFalse();
        assertReport(3, 0, 0);
    }

    @Test
    void aFailingCountDoesNotDelayTheEndOfTheLoad() {
        stage.outside.interceptor = failing("read partition");

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.report(NAME).get("status").asText()).isEqualTo("done");
        assertThat(stage.report(NAME).get("finished_at").asText()).isEqualTo(loaded.toString());
        assertReport(0, 0, 0);
        assertThat(stage.outside.settling).containsExactly(BulkLoaderFixture.notice(file));

        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
        settle(SettledTokenOutcome.ACCEPTED, 0, 1, 2);
        assertThat(countAfter(Duration.ofSeconds(10))).isFalse();
        assertReport(3, 0, 0);
    }

    @Test
    void theReportOfAReplacedFileIsUpdatedBesideTheNewerOne() {
        stage.deliver(file);
        stage.upload(NAME, utf8(tokens(3)));
        settle(SettledTokenOutcome.ACCEPTED, 0, 1, 2);

        countAfter(Duration.ofMinutes(1));

        String beside = stage.outside.store.text(
                BulkLoaderFixture.BUCKET,
                "reports/" + BulkLoaderFixture.FOLDER + NAME + "." + file.version() + ".report.json");
        assertThat(beside).contains("\"tokens_accepted\" : 3");
    }

    private static ExternalServices.CallInterceptor failing(String failing) {
        return new ExternalServices.CallInterceptor() {
            @Override
            public void before(String call) throws IOException {
                if (call.equals(failing)) {
                    throw new IOException("asked for");
                }
            }
        };
    }
}
