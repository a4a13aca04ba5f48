package dev.nftrefresh.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.nftrefresh.update.QueueMessageReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** 1,000 small tokens: the whole handler, its reading alone, and a bare parse of the same bodies. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HandlerBenchmark {
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final Instant SENT = Instant.parse("2026-11-23T10:00:00.123Z");

    private final QueueMessageReader reader = new QueueMessageReader("imtbl-zkevm-testnet");

    /** Tokens in one message. */
    @Param({"1", "250"})
    public int tokensPerMessage;

    private List<byte[]> bodies = List.of();
    private byte[] event = {};
    private int passes;

    /** Makes the messages. */
    @Setup
    public void prepare() {
        List<String> texts = BenchmarkMessages.bodies(1, 1000, tokensPerMessage);
        bodies = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        event = BenchmarkMessages.event(texts);
    }

    /** Jackson's streaming parser over the same bodies, its tokens thrown away. */
    @Benchmark
    public void bareParse(Blackhole hole) throws IOException {
        for (byte[] body : bodies) {
            try (JsonParser parser = JACKSON.createParser(body)) {
                while (parser.nextToken() != null) {
                    hole.consume(parser.currentTokenId());
                }
            }
        }
    }

    /** Every message read and checked. */
    @Benchmark
    public void read(Blackhole hole) {
        for (byte[] body : bodies) {
            hole.consume(reader.read(body, SENT));
        }
    }

    /** The handler from the event's bytes to the answer, without the network. */
    @Benchmark
    public Object handle() throws IOException {
        // A ledger of its own: in an old one every token would be known already, and nothing sent.
        return new BenchmarkedHandler(2_000).handle(event, "pass-" + passes++);
    }
}
