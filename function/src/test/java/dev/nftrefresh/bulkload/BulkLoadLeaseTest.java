package dev.nftrefresh.bulkload;

import static dev.nftrefresh.bulkload.BulkLoaderFixture.utf8;
import static dev.nftrefresh.bulkload.TokenLines.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One file, notified twice. */
final class BulkLoadLeaseTest {
    private final BulkLoaderFixture stage = new BulkLoaderFixture();
    private final ObjectVersionId file = stage.upload("a.ndjson", utf8(tokens(600)));

    /** Does something once, before the first call of that name. */
    private void meanwhile(String name, Runnable deed) {
        stage.outside.interceptor = new ExternalServices.CallInterceptor() {
            @Override
            public void before(String call) {
                if (call.equals(name)) {
                    stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;
                    deed.run();
                }
            }
        };
    }

    @Test
    void aLoadedFileIsNotLoadedAgain() {
        assertThat(stage.deliver(file)).isFalse();
        stage.now = stage.now.plusSeconds(3600);

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.tokens()).hasSize(600);
        assertThat(stage.report("a.ndjson").get("finished_at").asText()).isEqualTo("2026-11-25T10:00:00Z");
    }

    @Test
    void aFileUploadedAgainIsLoadedAgain() {
        stage.deliver(file);

        assertThat(stage.deliver(stage.upload("a.ndjson", utf8(tokens(600))))).isFalse();

        assertThat(stage.tokens()).hasSize(1200);
    }

    @Test
    void whileItIsLoadedTheOtherMessageWaitsForTheEndOfTheLease() {
        List<Boolean> stays = new ArrayList<>();
        meanwhile("send", () -> {
            int hidden = stage.outside.hidden.size();
            stays.add(stage.deliver(file, Duration.ofMinutes(3)));
            assertThat(stage.outside.hidden.subList(hidden, stage.outside.hidden.size()))
                    .containsExactly(Duration.ofSeconds(3 * 60 + 30), Duration.ofSeconds(15 * 60 + 5));
        });

        assertThat(stage.deliver(file)).isFalse();

        assertThat(stays).containsExactly(true);
        assertThat(stage.tokens()).hasSize(600);
    }

    @Test
    void aSecondClaimAMomentLaterWaits() {
        List<Boolean> stays = new ArrayList<>();
        meanwhile("write", () -> stays.add(stage.deliver(file)));

        assertThat(stage.deliver(file)).isTrue();

        assertThat(stays).containsExactly(false);
        assertThat(stage.tokens()).hasSize(600);
    }

    @Test
    void afterACrashAnotherInvocationContinuesWhenTheLeaseIsOver() {
        stage.outside.interceptor = new FaultInjectingInterceptor(
                new BulkCrashPropertyTest.CallFault(8, true, BulkCrashPropertyTest.FaultKind.CRASH), () -> {});
        try {
            stage.deliver(file);
        } catch (FaultInjectingInterceptor.SimulatedCrash _) {
            // As it should.
        }
        stage.outside.interceptor = ExternalServices.CallInterceptor.OPEN;

        assertThat(stage.deliver(file)).isTrue();
        stage.now = stage.now.plus(BulkLoaderFixture.INVOCATION).plusSeconds(4);
        assertThat(stage.deliver(file)).isTrue();
        stage.now = stage.now.plusSeconds(1);
        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("done");
    }

    @Test
    void anInvocationThatLosesTheLeaseStopsAtOnceAndLeavesTheMessage() {
        meanwhile("send", () -> {
            // As if the clock had jumped: the lease is over while its owner still loads.
            stage.now = stage.now.plusSeconds(3600);
            assertThat(stage.deliver(file)).isFalse();
            stage.now = stage.now.minusSeconds(3600);
        });

        assertThat(stage.deliver(file)).isTrue();

        assertThat(stage.report("a.ndjson").get("status").asText()).isEqualTo("done");
        assertThat(stage.log.toString(StandardCharsets.UTF_8)).contains("Another invocation is loading the file now.");
        // Both sent the same.
        assertThat(stage.messages())
                .extracting(message -> message.updatedAt())
                .containsOnly(
                        BulkLoaderFixture.UPLOADED,
                        BulkLoaderFixture.UPLOADED.plusNanos(1),
                        BulkLoaderFixture.UPLOADED.plusNanos(2));
        assertThat(stage.outside.bodies.stream().distinct()).hasSize(3);
    }

    @Test
    void aLostAnswerOfTheTableIsNoLostLease() {
        stage.outside.interceptor = new ExternalServices.CallInterceptor() {
            private int writes;

            @Override
            public void after(String call) throws IOException {
                if (call.equals("write") && ++writes == 3) {
                    throw new IOException("The answer got lost.");
                }
            }
        };

        assertThat(stage.deliver(file)).isTrue();
        // The failed invocation gave its lease back.
        stage.now = stage.now.plusSeconds(30);
        assertThat(stage.deliver(file)).isFalse();

        assertThat(stage.report("a.ndjson").get("tokens_queued").asLong()).isEqualTo(600);
    }
}
