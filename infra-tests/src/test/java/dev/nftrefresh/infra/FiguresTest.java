package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deployed and what its start costs. Nothing is demanded of the figures, as they are this machine's. */
@OnLocalStack
@Order(Integer.MAX_VALUE)
final class FiguresTest {
    private static final int ROUNDS = 5;

    private final StackDeployer deployer;
    private final StackDeployment sandbox;

    FiguresTest(StackDeployer deployer, StackDeployment sandbox) {
        this.deployer = deployer;
        this.sandbox = sandbox;
    }

    @Test
    void measuresTheStartBesideThatOfAnEmptyFunction(@TempDir Path folder) throws IOException {
        var lambda = deployer.cloud().lambda;
        var ours = sandbox.function.configuration();
        Path empty = emptyZip(folder);
        List<ColdStart> emptyStarts = new ArrayList<>();
        List<ColdStart> ourStarts = new ArrayList<>();

        // In turns, so that what else the machine does meets both.
        for (int round = 0; round < ROUNDS; round++) {
            emptyStarts.add(
                    ColdStart.of(lambda, empty, EmptyFunction.class.getName(), ours.memorySize(), Map.of(), "{}"));
            ourStarts.add(ColdStart.of(
                    lambda,
                    deployer.zip(),
                    ours.handler(),
                    ours.memorySize(),
                    ours.environment().variables(),
                    event("13%03d".formatted(round))));
        }

        sandbox.awaitAccepted(
                IntStream.range(0, ROUNDS).mapToObj("13%03d"::formatted).toList());
        System.out.printf(
                """
                Zip: %,d bytes (empty function: %,d).
                Fresh container of %d MB, median of %d: until the handler's turn %d ms (empty function: %d), \
                first invocation with one request to the API %d ms (empty function: %d).
                All: %s, empty function: %s.
                """,
                Files.size(deployer.zip()),
                Files.size(empty),
                ours.memorySize(),
                ROUNDS,
                median(ourStarts, ColdStart::start),
                median(emptyStarts, ColdStart::start),
                median(ourStarts, ColdStart::invocation),
                median(emptyStarts, ColdStart::invocation),
                ourStarts,
                emptyStarts);
        assertThat(ourStarts)
                .allSatisfy(measured -> assertThat(measured.invocation()).isPositive());
    }

    /** Each start downloads it. */
    @Test
    void theRefreshFunctionHasNothingThatOnlyTheLoaderNeeds() throws IOException {
        assertThat(Files.size(deployer.zip())).isLessThan(12_000_000);
    }

    private static long median(List<ColdStart> starts, Function<ColdStart, Duration> figure) {
        return starts.stream().map(figure).sorted().toList().get(ROUNDS / 2).toMillis();
    }

    private static Path emptyZip(Path folder) throws IOException {
        Path zip = folder.resolve("empty.zip");
        String file = EmptyFunction.class.getName().replace('.', '/') + ".class";
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                var content = EmptyFunction.class.getResourceAsStream("/" + file)) {
            out.putNextEntry(new ZipEntry(file));
            assertThat(content).isNotNull();
            content.transferTo(out);
        }
        return zip;
    }

    /** An event of one message, as the event source mapping makes it. */
    private String event(String tokenId) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("messageId", "measured-" + tokenId)
                .put("receiptHandle", "none")
                .put("body", UpdateMessages.update(tokenId))
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", sandbox.refreshQueue.arn());
        message.putObject("attributes")
                .put("ApproximateReceiveCount", "1")
                .put("SentTimestamp", String.valueOf(System.currentTimeMillis()));
        message.putObject("messageAttributes");
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putArray("Records").add(message);
        return event.toString();
    }
}
