package dev.nftrefresh.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * CPU of the handler for 1,000 messages of one token, beside that of a bare parse of their bodies: in turns in one JVM, so that
 * whatever else the machine does meets both. All of the process counts, the collector and the compiler too.
 */
public final class HandlerCpuRatio {
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final int WARM_UP_ROUNDS = 20;
    private static final int HANDLED_A_ROUND = 20;
    private static final int PARSED_A_ROUND = 200;

    private int passes;
    private int tokens;

    private HandlerCpuRatio() {}

    private interface Work {
        void run() throws IOException;
    }

    /** Measures so many rounds. */
    public static void main(String[] args) throws IOException {
        new HandlerCpuRatio().measure(args.length == 0 ? 15 : Integer.parseInt(args[0]));
    }

    private void measure(int rounds) throws IOException {
        List<String> texts = BenchmarkMessages.bodies(1, 1000, 1);
        List<byte[]> bodies = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        byte[] event = BenchmarkMessages.event(texts);
        var parsed = new double[rounds];
        var handled = new double[rounds];
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            double parse = microseconds(PARSED_A_ROUND, () -> parse(bodies));
            double handle = microseconds(HANDLED_A_ROUND, () -> handle(event));
            if (round >= 0) {
                parsed[round] = parse;
                handled[round] = handle;
            }
        }
        Arrays.sort(parsed);
        Arrays.sort(handled);
        System.out.printf(
                "1,000 messages of 1 token, median of %d: bare parse %.0f µs of CPU, handler %.0f µs, %.1f times.%n"
                        + "Least: %.0f and %.0f µs, %.1f times. %d tokens parsed.%n",
                rounds,
                parsed[rounds / 2],
                handled[rounds / 2],
                handled[rounds / 2] / parsed[rounds / 2],
                parsed[0],
                handled[0],
                handled[0] / parsed[0],
                tokens);
    }

    private static double microseconds(int times, Work work) throws IOException {
        long begin = cpu();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return (cpu() - begin) / 1e3 / times;
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void parse(List<byte[]> bodies) throws IOException {
        for (byte[] body : bodies) {
            try (JsonParser parser = JACKSON.createParser(body)) {
                while (parser.nextToken() != null) {
                    tokens++;
                }
            }
        }
    }

    /** A ledger of its own: in an old one every token would be known already, and nothing sent. */
    private void handle(byte[] event) throws IOException {
        new BenchmarkedHandler(2_000).handle(event, "pass-" + passes++);
    }
}
