package dev.nftrefresh.local.model;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.Parts;
import dev.nftrefresh.RefreshFunction;
import dev.nftrefresh.Settings;
import dev.nftrefresh.Shared;
import dev.nftrefresh.pacing.QuotaUnit;
import dev.nftrefresh.pass.PassThreads;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** Copies of the function, with its ideas or without. */
final class Variant implements Flow.Copies {
    private static final double REQUESTS_PER_SECOND = 4;

    private final boolean naive;
    private final MemoryTable table = new MemoryTable();

    private int copies;

    private Variant(boolean naive) {
        this.naive = naive;
    }

    /** The function as it is. */
    static Variant ours() {
        return new Variant(false);
    }

    /** The same flow without gate and ledger: what a 429 sends away comes back when its retry-after is over. */
    static Variant naive() {
        return new Variant(true);
    }

    @Override
    public RequestStreamHandler make(Flow flow, PassThreads threads) {
        String copy = "copy-" + copies++;
        var settings = new Settings(
                "sandbox",
                Producer.CHAIN,
                URI.create("http://127.0.0.1:1"),
                "secret",
                flow.sqs.queueUrl(),
                flow.sqs.deadLetterQueueUrl(),
                Flow.VISIBILITY_TIMEOUT,
                Flow.BATCHING_WINDOW,
                REQUESTS_PER_SECOND,
                QuotaUnit.AUTO,
                "table",
                true);
        var parts = new Parts(
                flow.api,
                () -> threads,
                flow.sqs.client(),
                new Secrets(),
                naive
                        ? new Shared(new NaiveLedger(), new NaiveGate(), WaitingRoom.NONE)
                        : Shared.in(table, settings, RefreshMetrics.NONE, copy),
                RefreshMetrics.NONE,
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                flow.time.clock(),
                new Random(copies));
        return new RefreshFunction(settings, parts);
    }

    private static final class Secrets implements SecretsManagerClient {
        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            return GetSecretValueResponse.builder()
                    .secretString("sk_imapik-model")
                    .build();
        }

        @Override
        public String serviceName() {
            return "secretsmanager";
        }

        @Override
        public void close() {}
    }
}
