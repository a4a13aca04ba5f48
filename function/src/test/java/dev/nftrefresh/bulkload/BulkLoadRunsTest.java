package dev.nftrefresh.bulkload;

import static dev.nftrefresh.bulkload.BulkLoaderFixture.utf8;
import static dev.nftrefresh.bulkload.TokenLines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that take longer than an invocation. */
final class BulkLoadRunsTest {
    private final BulkLoaderFixture stage = new BulkLoaderFixture();

    @Test
    void theMessageIsFirstHiddenUntilHalfAMinuteAfterTheInvocationsEnd() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(3)));
        List<String> calls = new ArrayList<>();
        stage.outside.interceptor = new ExternalServices.CallInterceptor() {
            @Override
            public void before(String call) {
                calls.add(call);
            }
        };

        stage.deliver(file, Duration.ofMinutes(2));

        assertThat(calls.getFirst()).isEqualTo("hide");
        assertThat(stage.outside.hidden).containsExactly(Duration.ofSeconds(150));
    }

    @Test
    void aRunStopsReadingBeforeTheMarginAndTheNextBeginsAtOnce() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(100)));
        stage.tick = Duration.ofSeconds(1);

        boolean stays = stage.deliver(file, Duration.ofSeconds(60));

        assertThat(stays).isTrue();
        assertThat(stage.outside.hidden.getLast()).isEqualTo(Duration.ZERO);
        int first = stage.tokens().size();
        assertThat(first).isBetween(5, 40);
        assertThat(Duration.between(BulkLoaderFixture.UPLOADED, stage.now)).isLessThan(Duration.ofSeconds(55));
        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("running");
        assertThat(stage.report("a.ndjson").get("finished_at").isNull()).isTrue();

        int runs = 1;
        while (stays) {
            stays = stage.deliver(file, Duration.ofSeconds(60));
            runs++;
        }

        assertThat(runs).isGreaterThan(2);
        assertThat(stage.tokens()).hasSize(100);
        assertThat(stage.report("a.ndjson").get("messages_queued").asLong())
                .isEqualTo(stage.messages().size());
        assertThat(stage.report("a.ndjson").get("started_at").asText()).startsWith("2026-11-25T10:00:0");
    }

    private static ExternalServices.CallInterceptor answerOfSendGetsLost() {
        return new ExternalServices.CallInterceptor() {
            @Override
            public void after(String call) throws IOException {
                if (call.equals("send")) {
                    throw new IOException("The answer got lost.");
                }
            }
        };
    }

    @Test
    void aMessageThatARunEndedForLackOfTimeIsTheSameWhenItIsPackedAgainAfterACrash() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(100)));
        stage.tick = Duration.ofSeconds(1);
        stage.outside.interceptor = answerOfSendGetsLost();
        assertThat(stage.deliver(file, Duration.ofSeconds(60))).isTrue();
        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
        stage.tick = Duration.ZERO;

        assertThat(stage.deliver(file)).isFalse();

        List<String> bodies = stage.outside.bodies;
        assertThat(bodies).hasSize(3);
        assertThat(bodies.get(1)).isEqualTo(bodies.get(0)).isNotEqualTo(bodies.get(2));
        assertThat(stage.report("a.ndjson").get("messages_queued").asInt()).isEqualTo(2);
    }

    @Test
    void aDecidedEndOfAMessageIsKeptEvenIfTheNextRunDoesNotReachIt() {
        String refused = "{}\n".repeat(5);
        ObjectVersionId file = stage.upload("a.ndjson", utf8(refused + tokens(100)));
        stage.tick = Duration.ofSeconds(1);
        stage.outside.interceptor = answerOfSendGetsLost();
        assertThat(stage.deliver(file, Duration.ofSeconds(50))).isTrue();
        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
        assertThat(stage.deliver(file, Duration.ofSeconds(31))).isTrue();
        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("running");
        stage.tick = Duration.ZERO;

        assertThat(stage.deliver(file)).isFalse();

        List<String> bodies = stage.outside.bodies;
        assertThat(bodies).hasSize(3);
        assertThat(bodies.get(1)).isEqualTo(bodies.get(0)).isNotEqualTo(bodies.get(2));
    }

    @Test
    void aRunThatEndsInTheMiddleOfAMessageLeavesItToTheNext() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(600)));
        stage.tick = Duration.ofSeconds(1);

        assertThat(stage.deliver(file, Duration.ofSeconds(400))).isTrue();

        assertThat(stage.tokens()).hasSize(250);
        stage.tick = Duration.ZERO;
        assertThat(stage.deliver(file)).isFalse();
        assertThat(stage.messages())
                .extracting(message -> message.elements().size())
                .containsExactly(250, 250, 100);
    }

    @Test
    void linesThatAreInTheQueueAreNotReadAgain() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(100)));
        stage.tick = Duration.ofSeconds(1);
        stage.deliver(file, Duration.ofSeconds(60));
        int offset = stage.tokens().stream()
                .mapToInt(token -> token.json().length() + 1)
                .sum();
        List<String> opened = new ArrayList<>();
        stage.outside.interceptor = new ExternalServices.CallInterceptor() {
            @Override
            public void before(String call) {
                if (call.startsWith("open")) {
                    opened.add(call);
                }
            }
        };

        stage.deliver(file);

        assertThat(opened).containsExactly("open at " + offset);
    }

    @Test
    void theReportIsWrittenAtTheStartAndEvery10Seconds() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(100)));
        stage.tick = Duration.ofMillis(500);
        List<String> reports = new ArrayList<>();
        stage.outside.interceptor = new ExternalServices.CallInterceptor() {
            @Override
            public void after(String call) {
                if (call.endsWith(".report.json")) {
                    reports.add(Objects.requireNonNull(stage.reportText("a.ndjson")));
                }
            }
        };

        stage.deliver(file);

        JsonNode first = BulkLoaderFixture.json(reports.getFirst());
        assertThat(first.get("status").asText()).isEqualTo("running");
        assertThat(first.get("tokens_read").asLong()).isZero();
        long seconds = Duration.between(BulkLoaderFixture.UPLOADED, stage.now).toSeconds();
        assertThat((long) reports.size()).isBetween(seconds / 11, seconds / 10 + 2);
    }

    @Test
    void anArrayIsResumedAfterTheQueuedElements() {
        var elements = new ArrayList<String>();
        for (int i = 0; i < 120; i++) {
            elements.add(i % 7 == 3 ? "{}" : TokenLines.token(i));
        }
        ObjectVersionId file =
                stage.upload("a.json", utf8("{\"nft_metadata\":[" + String.join(",\n", elements) + "]}"));
        stage.tick = Duration.ofSeconds(1);

        int runs = 1;
        while (stage.deliver(file, Duration.ofSeconds(60))) {
            runs++;
        }

        assertThat(runs).isGreaterThan(2);
        assertThat(stage.tokens()).hasSize(103);
        assertThat(stage.rejected("a.json"))
                .extracting(line -> line.get("element").asInt())
                .isEqualTo(
                        IntStream.range(0, 120).filter(i -> i % 7 == 3).boxed().toList());
    }

    @Test
    void aNewerVersionIsLoadedBesideThisOneAndKeepsItsReport() {
        ObjectVersionId old = stage.upload("a.ndjson", utf8(tokens(100) + "\n{}"));
        stage.tick = Duration.ofSeconds(1);
        assertThat(stage.deliver(old, Duration.ofSeconds(60))).isTrue();
        ObjectVersionId newer = stage.upload("a.ndjson", utf8(tokens(2)));
        assertThat(stage.deliver(newer)).isFalse();

        assertThat(stage.deliver(old)).isFalse();

        assertThat(stage.report("a.ndjson").get("tokens_read").asLong()).isEqualTo(2);
        assertThat(stage.rejected("a.ndjson")).isEmpty();
        JsonNode report = stage.report("a.ndjson." + old.version());
        assertThat(report.get("status").asText()).isEqualTo("done");
        assertThat(report.get("detail").asText())
                .isEqualTo("A newer version was uploaded meanwhile, and has a report of its own.");
        assertThat(report.get("tokens_queued").asLong()).isEqualTo(100);
        assertThat(stage.rejected("a.ndjson." + old.version())).hasSize(1);
    }

    @Test
    void aFileThatIsDeletedMeanwhileIsLoadedToItsEnd() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(100)));
        stage.tick = Duration.ofSeconds(1);
        assertThat(stage.deliver(file, Duration.ofSeconds(60))).isTrue();
        stage.outside.store.delete(BulkLoaderFixture.BUCKET, file.key());

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("done");
        assertThat(stage.report("a.ndjson").get("detail").asText()).isEqualTo("The file was deleted meanwhile.");
        assertThat(stage.tokens()).hasSize(100);
    }

    @Test
    void aVersionDeletedMeanwhileFailsWithTheCountsOfWhatWasQueued() {
        ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(100)));
        stage.tick = Duration.ofSeconds(1);
        assertThat(stage.deliver(file, Duration.ofSeconds(60))).isTrue();
        stage.outside.store.forget(file);

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("failed");
        assertThat(stage.report("a.ndjson").get("detail").asText())
                .isEqualTo("The object " + file + " was deleted while it was loaded; upload it again.");
        assertThat(stage.report("a.ndjson").get("tokens_queued").asLong())
                .isEqualTo(stage.tokens().size())
                .isPositive();
    }

    @Test
    void rejectedTokensOfAnEarlierUploadAreDeletedWhenNoneIsRejectedNow() {
        stage.deliver(stage.upload("a.ndjson", utf8("{}")));
        assertThat(stage.rejected("a.ndjson")).hasSize(1);

        stage.deliver(stage.upload("a.ndjson", utf8(tokens(1))));

        assertThat(stage.outside.store.text(
                        BulkLoaderFixture.BUCKET, "reports/" + BulkLoaderFixture.FOLDER + "a.ndjson.rejected.ndjson"))
                .isNull();
    }

    @Test
    void aCompressedFileThatOneRunCannotReadToItsCheckpointFails() {
        ObjectVersionId file = stage.upload("a.json", utf8("[" + tokens(20_000).replace("\n", ",") + "]"));
        stage.tick = Duration.ofMillis(58);
        assertThat(stage.deliver(file)).isTrue();
        // From now on each read of the clock takes as long as a run.
        stage.tick = Duration.ofMinutes(10);

        boolean stays = stage.deliver(file, Duration.ofHours(1));

        assertThat(stays).isFalse();
        assertThat(stage.report("a.json").get("status").asText()).isEqualTo("failed");
        assertThat(stage.report("a.json").get("detail").asText())
                .contains("takes longer than an invocation; split it, or upload it as .ndjson.");
        assertThat(stage.report("a.json").get("tokens_queued").asLong())
                .isEqualTo(stage.tokens().size());
    }
}
