package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.StandInRefreshApi;
import dev.nftrefresh.local.api.StandInSettings;
import dev.nftrefresh.local.sqs.QueueDepth;
import dev.nftrefresh.local.sqs.SqsClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The ports of a run: only those that it needs, and none answers without the run's credentials. */
@EnabledOnOs(OS.LINUX) // where a process's ports can be looked up
@Timeout(120)
class PortsTest {
    private static final String FAST = "--batching-window=0.05";
    private static final String REFRESH = "/v1/chains/imtbl-zkevm-testnet/collections/"
            + "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/nfts/refresh-metadata";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static String message(int tokenId) {
        return """
                {"chain_name":"imtbl-zkevm-testnet","contract_address":"0x8a90cab2b38dba80c64b7734e58ee1db38b8992e",\
                "nft_metadata":[{"token_id":"%d","name":"Sword","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,"attributes":[]}]}""".formatted(tokenId);
    }

    private static SqsClient client(Map<String, String> variables) {
        return SqsClients.at(
                URI.create(value(variables, "AWS_ENDPOINT_URL_SQS")),
                AwsBasicCredentials.create(
                        value(variables, "AWS_ACCESS_KEY_ID"), value(variables, "AWS_SECRET_ACCESS_KEY")));
    }

    private static String value(Map<String, String> variables, String name) {
        return Objects.requireNonNull(variables.get(name), name);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void messagesOfOtherProcessesAreProcessedUntilItIsInterrupted() throws Exception {
        Path summary = folder.resolve("summary.json");
        try (var run = CommandProcess.start(Map.of(), "run", "--listen", "0", "--summary", summary.toString(), FAST)) {
            Map<String, String> variables = run.readVariables(5);
            assertThat(variables).containsEntry("AWS_REGION", "us-east-1");
            String queueUrl = value(variables, "REFRESH_QUEUE_URL");
            try (SqsClient sqs = client(variables)) {
                sqs.sendMessage(send -> send.queueUrl(queueUrl).messageBody(message(0)));
                List<SendMessageBatchRequestEntry> entries = IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> SendMessageBatchRequestEntry.builder()
                                .id("m" + i)
                                .messageBody(message(i))
                                .build())
                        .toList();
                sqs.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries));
                await(() -> QueueDepth.of(sqs, queueUrl).total() == 0);
            }
            assertThat(run.isAlive()).isTrue();

            // 128 and the number of the signal, as every shell has it; Ctrl-C is 130.
            assertThat(run.terminate()).isEqualTo(143);
        }
        var counts = new ObjectMapper().readTree(summary.toFile());
        // Without FILE the samples are not sent.
        assertThat(counts.get("messages_sent").asInt()).isEqualTo(10);
        assertThat(counts.get("tokens_sent").asInt()).isEqualTo(10);
        assertThat(counts.get("tokens_accepted").asInt()).isEqualTo(10);
    }

    @Test
    void noPortOfARunAnswersWithoutItsCredentials() throws Exception {
        Path file = Files.writeString(folder.resolve("messages.ndjson"), message(1));
        try (var run = CommandProcess.start(Map.of(), "run", file.toString(), "--listen", "0", FAST);
                var http = HttpClient.newHttpClient()) {
            Map<String, String> variables = run.readVariables(5);
            int queue = URI.create(value(variables, "AWS_ENDPOINT_URL_SQS")).getPort();
            Set<Integer> ports = run.ports();
            // The queue's and the stand-in's for the API.
            assertThat(ports).hasSize(2).contains(queue);
            for (int port : ports) {
                for (HttpRequest intruder : intruders(port, value(variables, "REFRESH_QUEUE_URL"))) {
                    var answer = http.send(intruder, BodyHandlers.ofString());
                    assertThat(answer.statusCode())
                            .as(port + " " + intruder + answer.body())
                            .isIn(401, 403);
                }
            }
        }
    }

    /** What somebody on this machine may try who knows the project but not the run. */
    private static List<HttpRequest> intruders(int port, String queueUrl) {
        URI root = URI.create("http://127.0.0.1:" + port);
        var body = HttpRequest.BodyPublishers.ofString(
                "{\"QueueUrl\":\"" + queueUrl + "\",\"MessageBody\":\"x\",\"SecretId\":\"nft-refresh/api-key\"}");
        return List.of(
                HttpRequest.newBuilder(root).GET().build(),
                HttpRequest.newBuilder(root.resolve("/000000000000/nft-refresh"))
                        .POST(body)
                        .build(),
                sqs(root, "SendMessage").POST(body).build(),
                sqs(root, "ReceiveMessage").POST(body).build(),
                HttpRequest.newBuilder(root)
                        .header("X-Amz-Target", "secretsmanager.GetSecretValue")
                        .POST(body)
                        .build(),
                HttpRequest.newBuilder(root.resolve(REFRESH)).POST(body).build(),
                HttpRequest.newBuilder(root.resolve(REFRESH))
                        .header("x-immutable-api-key", "sk_imapik-local-stand-in")
                        .POST(body)
                        .build());
    }

    private static HttpRequest.Builder sqs(URI root, String action) {
        return HttpRequest.newBuilder(root)
                .header("X-Amz-Target", "AmazonSQS." + action)
                .header("Content-Type", "application/x-amz-json-1.0");
    }

    @Test
    void aRunAgainstAnotherApiOpensNoPortAtAll() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("messages.ndjson"), message(1));
        try (StandInRefreshApi api = StandInRefreshApi.start(StandInSettings.UNLIMITED, Clock.systemUTC())) {
            api.acceptOnly("sk_imapik-of-a-studio");
            api.faults().whenever(_ -> true, new InjectedFault.NoResponse(true));
            api.record();
            try (var run = CommandProcess.start(
                    Map.of("IMMUTABLE_API_KEY", "sk_imapik-of-a-studio"),
                    "run",
                    file.toString(),
                    "--api",
                    api.baseUrl().toString(),
                    FAST)) {
                await(() -> !api.recorded().isEmpty());

                assertThat(run.ports()).isEmpty();
                api.faults().clear();
                api.faults().release();
                assertThat(run.exitStatus()).isZero();
            }
        }
    }
}
