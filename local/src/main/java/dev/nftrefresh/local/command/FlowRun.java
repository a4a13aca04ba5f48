package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.Figures;
import dev.nftrefresh.local.flow.FlowSettings;
import dev.nftrefresh.local.flow.FunctionCopies;
import dev.nftrefresh.local.flow.LocalFlow;
import dev.nftrefresh.local.flow.OpenQueue;
import dev.nftrefresh.local.flow.RunCredentials;
import dev.nftrefresh.local.queue.MappingSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A run of the whole flow on this machine: its options, and how it goes from what is queued to the figures. */
final class FlowRun {
    private static final String KEY_VARIABLE = "IMMUTABLE_API_KEY";
    private static final int INTERRUPTED = 130;
    private static final int SOME_LINES_NOT_QUEUED = 1;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "Send to this API instead of the stand-in; the key is $" + KEY_VARIABLE + ".")
    private @Nullable String api;

    @Option(
            names = "--allow-http",
            description = "Let --api be http:// beyond this machine: the key goes in the clear.")
    private boolean allowHttp;

    @Mixin
    private final StandInOptions standIn = new StandInOptions();

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "" + FlowSettings.CONCURRENCY,
            description = "How many copies of the function run at once. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "" + MappingSettings.MAX_BATCH_SIZE,
            description = "Messages in an event at most. Default: ${DEFAULT-VALUE}.")
    private int batchSize;

    @Option(
            names = "--batching-window",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long an event waits for more messages; after a quiet second it goes. Default: ${DEFAULT-VALUE}.")
    private BigDecimal batchingWindow = BigDecimal.valueOf(5);

    @Option(
            names = "--max-requests-per-second",
            paramLabel = "N",
            defaultValue = "50",
            description = "Of all copies together; decimals are allowed. Default: ${DEFAULT-VALUE}.")
    private double maxRequestsPerSecond;

    @Option(names = "--summary", paramLabel = "FILE", description = "Write the figures there as JSON.")
    private @Nullable Path summary;

    @Option(names = "--json", description = "Print the figures as JSON, and nothing else on stdout.")
    private boolean json;

    @Option(
            names = "--dead-letters",
            paramLabel = "FILE",
            description = "Write what landed in the dead-letter queue there, one JSON a line.")
    private @Nullable Path deadLetters;

    @Option(names = "--log", paramLabel = "FILE", description = "Write the function's log there, one JSON a line.")
    private @Nullable Path log;

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            description =
                    "Open the queue to SQS clients on 127.0.0.1 until Ctrl-C, and print what they need; 0 takes a "
                            + "free port.")
    private @Nullable Integer listen;

    @Option(names = "--verbose", description = "Show the function's warnings and errors.")
    private boolean verbose;

    /** What there is to do. */
    interface Work {
        /** Queues it. */
        void queue(LocalFlow flow) throws IOException;

        /** How it goes, in a line of up to 80 characters. */
        String progress(LocalFlow flow);
    }

    /**
     * Runs until each message has met its fate, prints the figures, and says the exit status.
     *
     * @param settings what {@link #settings()} read
     * @param interruption ends the run early
     */
    int of(FlowSettings settings, Interruption interruption, Work work) throws IOException, InterruptedException {
        PrintWriter err = command.commandLine().getErr();
        var clock = Clock.systemUTC();
        try (PrintStream functionLog = FunctionLog.open(log, verbose ? err : null);
                Writer letters = deadLetters == null ? Writer.nullWriter() : Files.newBufferedWriter(deadLetters);
                var flow = LocalFlow.start(
                        settings,
                        new FunctionCopies(functionLog, clock, RandomGenerator.getDefault()),
                        complaint -> {
                            err.println(TerminalText.line(complaint));
                            err.flush();
                        },
                        clock)) {
            interruption.calls(flow::stop);
            if (listen != null) {
                tell(open(flow, listen));
            }
            PrintWriter out = command.commandLine().getOut();
            try (var _ = json ? Progress.none() : Progress.of(() -> work.progress(flow), out)) {
                work.queue(flow);
                flow.process();
            }
            Figures figures = flow.figures();
            if (json) {
                Report.printJson(figures, out);
            } else {
                Report.print(figures, out);
            }
            flow.drainDeadLetters(letters);
            if (summary != null) {
                Report.write(figures, summary);
            }
            if (interruption.happened()) {
                return INTERRUPTED;
            }
            return flow.isAllQueued() ? 0 : SOME_LINES_NOT_QUEUED;
        }
    }

    /** Whether stdout is for the figures alone. */
    boolean printsJson() {
        return json;
    }

    /** Whether the queue is open to others, and may stay empty until they come. */
    boolean listens() {
        return listen != null;
    }

    private OpenQueue open(LocalFlow flow, int port) throws IOException {
        try {
            return flow.listen(port);
        } catch (BindException _) {
            throw wrong("Port " + port + " is taken; name another one, or 0 for any free one.");
        }
    }

    private void tell(OpenQueue queue) {
        PrintWriter to =
                json ? command.commandLine().getErr() : command.commandLine().getOut();
        queue.variables().forEach(to::println);
        to.flush();
    }

    /** Before the run, not after it: its figures would be lost. */
    void checkOutput(String option, @Nullable Path output) {
        if (output == null) {
            return;
        }
        Path folder = output.toAbsolutePath().getParent();
        if (Files.isDirectory(output) || folder == null || !Files.isDirectory(folder)) {
            throw wrong(option + " must be a file in a folder that exists, not " + output + ".");
        }
    }

    /** The options, if they make sense. */
    FlowSettings settings() {
        checkOutput("--summary", summary);
        checkOutput("--dead-letters", deadLetters);
        checkOutput("--log", log);
        if (concurrency < 1 || concurrency > 1_000) {
            throw wrong("--concurrency must be 1 to 1000, not " + concurrency + ".");
        }
        if (batchSize < 1 || batchSize > MappingSettings.MAX_BATCH_SIZE) {
            throw wrong("--batch-size must be 1 to " + MappingSettings.MAX_BATCH_SIZE + ", not " + batchSize + ".");
        }
        if (!(maxRequestsPerSecond > 0)) {
            throw wrong("--max-requests-per-second must be above 0, not " + maxRequestsPerSecond + ".");
        }
        if (listen != null && (listen < 0 || listen > ApiCommand.HIGHEST_PORT)) {
            throw wrong("--listen must be 0 to " + ApiCommand.HIGHEST_PORT + ", not " + listen + ".");
        }
        URI address = address();
        return new FlowSettings(
                address,
                address == null ? RunCredentials.apiKey() : key(),
                standIn.settings(),
                concurrency,
                batchSize,
                Seconds.batchingWindow(command, "--batching-window", batchingWindow),
                maxRequestsPerSecond);
    }

    private @Nullable URI address() {
        if (api == null) {
            return null;
        }
        URI address = ApiAddress.of(api)
                .orElseThrow(
                        () -> wrong("--api must be an address such as https://api.sandbox.immutable.com, without a "
                                + "path, not " + api + "."));
        if (!allowHttp && ApiAddress.isInTheClear(address)) {
            throw wrong("--api " + api + " would send the key unencrypted to another machine; use https://, or "
                    + "--allow-http if you mean it.");
        }
        return address;
    }

    private String key() {
        String key = System.getenv(KEY_VARIABLE);
        if (key == null || key.isBlank()) {
            throw wrong("With --api the key is read from $" + KEY_VARIABLE + ", which is not set; export it first.");
        }
        return key.strip();
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
